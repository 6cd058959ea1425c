import type { Guard } from "../../evidence/admission";
import type { Properties } from "../project";
import { apply } from "../relaxations/apply";
import type { Base } from "../relaxations/base";
import type { Edit } from "../relaxations/edit";
import type { Answer, Api } from "./api";

/** Kinds that are judged whoever sends them: those with pods, and those that controllers make. */
const ALWAYS_JUDGED = ["Endpoints", "EndpointSlice", "ControllerRevision", "Binding", "Pod", "PodTemplate", "ReplicationController", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob"];

export const POLICY = "admission policy";

const GUARDS: readonly (readonly [RegExp, string])[] = [
    // Which of several policies says so first is the API server's choice.
    [/ValidatingAdmissionPolicy 'wikifunctions-[a-z-]+'/, POLICY],
    [/violates PodSecurity/, "Pod Security"],
    [/exceeded quota|failed quota/, "ResourceQuota"],
    [/usage per (Container|Pod) is/, "LimitRange"],
];

export function guardIn({ code, body }: Answer): Guard {
    if (code < 400) {
        return undefined;
    }
    const message = String((body as { message?: unknown }).message ?? body);
    for (const [pattern, name] of GUARDS) {
        if (pattern.test(message)) {
            return name;
        }
    }
    return "API server";
}

/** An object of the cluster, changed or gone. */
export interface Request {
    readonly edit: Edit;
    readonly object: Properties;
    readonly gone: boolean;
    readonly path: string;
    readonly name: string;
}

/** The edits that are about one object of a kind that the cluster has; the others are about Pulumi, or no single request. */
export async function requestsOf(api: Api, base: Base, edits: readonly Edit[]): Promise<Request[]> {
    const all = await Promise.all(edits.map(async (edit): Promise<Request[]> => {
        const isElsewhere = edit.stack !== undefined || edit.config !== undefined;
        if (isElsewhere || edit.options !== undefined || edit.without !== undefined || edit.defaultProvider !== undefined || edit.component === true || edit.target?.startsWith("Provider ") === true) {
            return [];
        }
        const [registration, ...others] = edit.drop === true ? [base.registration(edit.target ?? "")] : apply(base, edit, "update");
        if (others.length > 0 || registration?.type.startsWith("kubernetes:") !== true || /(Patch|List)$/.test(registration.type)) {
            return [];
        }
        const object = registration.object as Properties & { readonly metadata?: { readonly name?: unknown } };
        const path = await api.pathOf(object);
        const name = object.metadata?.name;
        return path === undefined ? [] : [{ edit, object, gone: edit.drop === true, path, name: typeof name === "string" ? name : "edit" }];
    }));
    return all.flat();
}

/** `kubectl replace`, `create` or `delete`. */
async function send(api: Api, { object, gone, path, name }: Request, as: string | undefined, dryRun: boolean): Promise<{ readonly answer: Answer; readonly isNew: boolean }> {
    const query = dryRun ? "?dryRun=All" : "";
    if (gone) {
        return { answer: await api.ask(`${path}/${name}${query}`, { method: "DELETE", as }), isNew: false };
    }
    const answer = await api.ask(`${path}/${name}${query}`, { method: "PUT", body: object, as });
    return answer.code === 404 ? { answer: await api.ask(`${path}${query}`, { method: "POST", body: object, as }), isNew: true } : { answer, isNew: false };
}

/** As somebody else: by dry run, which leaves nothing behind. */
export async function tryAs(api: Api, request: Request, as: string): Promise<Guard> {
    return guardIn((await send(api, request, as, true)).answer);
}

/**
 * As the cluster's own administrator, who is the stack's deployer. A dry run of a deployer is a preview, which isn't judged, so that what
 * is judged whoever sends it is really sent, and put back. Of all else the policies say nothing to a deployer.
 */
export async function tryAsDeployer(api: Api, base: Base, request: Request): Promise<Guard> {
    const isReal = ALWAYS_JUDGED.includes(String(request.object["kind"])) && !request.gone;
    const { answer, isNew } = await send(api, request, undefined, !isReal);
    if (isReal && answer.code < 400) {
        await (isNew
            ? api.ask(`${request.path}/${request.name}?propagationPolicy=Background`, { method: "DELETE" })
            : api.ask(`${request.path}/${request.name}`, { method: "PUT", body: base.registration(request.edit.target ?? "").object }));
    }
    return guardIn(answer);
}
