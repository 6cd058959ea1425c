import type { Preview, Step } from "../pulumi";
import { added } from "./added";
import { changedIn } from "./changed";
import { subjectOf, type Finding, type KubernetesObject } from "./finding";

/** By what Pulumi would do about it. */
const DIFFERS: Readonly<Record<string, Finding["what"]>> = { create: "missing", update: "changed", replace: "changed", "create-replacement": "changed", delete: "removed" };
const PROVIDER = "pulumi:providers:kubernetes";

export interface Planned {
    readonly findings: readonly Finding[];
    /** Context that the stack's objects are in; undefined where it has none. */
    readonly context: string | undefined;
    readonly namespaces: readonly string[];
    /** Uids of what Pulumi manages. */
    readonly managed: ReadonlySet<string>;
    /** Names of its Services, `namespace/name`. */
    readonly services: ReadonlySet<string>;
}

/** What a preview after a refresh says about the cluster. */
export function planned({ steps }: Pick<Preview, "steps">): Planned {
    // A refresh has steps of its own, before those of the plan.
    const own = steps.filter(({ op }) => op !== "refresh");
    const kubernetes = own.filter(({ type }) => type.startsWith("kubernetes:"));
    const live = kubernetes.map(liveOf);
    const context = own.map(({ type, new: state }) => (type === PROVIDER ? (state?.inputs as { context?: string } | undefined)?.context : undefined)).find((each) => each !== undefined);
    const names = (kind: string): KubernetesObject[] => live.filter((object) => object.kind === kind);
    return {
        findings: [
            ...own.flatMap(differenceIn),
            ...kubernetes.flatMap((step) => (step.new?.inputs === undefined ? [] : added(liveOf(step), step.new.inputs))),
        ],
        context,
        namespaces: [...new Set(names("Namespace").map(({ metadata }) => metadata?.name ?? ""))].filter((name) => name !== ""),
        managed: new Set(live.map(({ metadata }) => metadata?.uid ?? "").filter((uid) => uid !== "")),
        services: new Set(names("Service").map(({ metadata }) => `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`)),
    };
}

/** The object as the cluster has it, or as the program wants it where the cluster has none. */
function liveOf({ old, new: wanted }: Step): KubernetesObject {
    return (old?.outputs ?? wanted?.inputs ?? {}) as KubernetesObject;
}

function differenceIn(step: Step): Finding[] {
    const what = DIFFERS[step.op];
    if (what === undefined) {
        return [];
    }
    const subject = step.type.startsWith("kubernetes:") ? subjectOf(liveOf(step)) : `${step.type} ${step.urn.split("::").at(-1) ?? ""}`;
    return [{ what, subject, details: changedIn(step) }];
}
