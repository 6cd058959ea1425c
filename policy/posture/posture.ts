import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Ajv } from "ajv";
import { Problem } from "../model/problem";
import { problemsOf } from "./floor";
import { daysUntil, today, type Clock } from "./days";

/** The most of each resource that something may have, as Kubernetes quantities. */
export interface Amounts {
    readonly cpu: string;
    readonly memory: string;
    readonly ephemeralStorage: string;
}

/** One approved workload. */
export interface Service {
    readonly role: "orchestrator" | "evaluator";
    /** Image repository, without tag and digest. */
    readonly image: string;
    /** RuntimeClass that it has to stay on. */
    readonly minRuntimeClass?: string;
    /** How far a full pool of WebAssembly memories may exceed the memory limit; 1 where it must fit. Evaluators only. */
    readonly memoryOvercommit?: number;
    /** The most of everything; `timeoutMs` in milliseconds. */
    readonly ceilings: Amounts & { readonly timeoutMs: number; readonly replicas: number };
}

/** Somebody outside of the sandbox, by labels that are all demanded, or by a block of addresses. */
export type Party =
    | { readonly namespaceSelector: Readonly<Record<string, string>>; readonly podSelector: Readonly<Record<string, string>> }
    | { readonly cidr: string };

/** An approved connection: names of services or parties, and `TCP/6927`. */
export interface Edge {
    readonly from: string;
    readonly to: string;
    readonly ports: readonly string[];
}

/** A rule that may be broken by one resource until a day. */
export interface Waiver {
    /** Name of a rule that can be waived. */
    readonly rule: string;
    /** As messages name it: `Deployment wikifunctions/evaluator-python`. */
    readonly resource: string;
    readonly reason: string;
    readonly ticket: string;
    readonly owner: string;
    /** Last day on which it holds, in UTC: `2027-01-31`. */
    readonly expires: string;
    /** Days until then, 0 on the last one, negative once it has expired; counted when the posture is read. */
    readonly daysLeft: number;
}

/** Who does something with the stack, as the cluster's API server knows them. */
export interface People {
    readonly users: readonly string[];
    readonly groups: readonly string[];
}

/** The approved state of one stack. A preview may be tighter, never looser. */
export interface Posture {
    /** Context of the kubeconfig that the stack has to deploy to; any, where it is left out. */
    readonly kubeContext?: string;
    readonly namespace: string;
    readonly loaderNamespace: string;
    readonly priorityClass: string;
    readonly requireDigests: boolean;
    /** Image repository of the AppArmor loader. */
    readonly loaderImage: string;
    /** Whether Deployments may be taken for deployed before their pods run; only for a cluster without nodes. */
    readonly allowSkipAwait: boolean;
    /** Whether the measures have to be protected against deletion, by `pulumi destroy` too. */
    readonly protect: boolean;
    /** IP address of the one resolver that the orchestrator may ask. */
    readonly nameserver: string;
    /** By the name of the Deployment. */
    readonly services: Readonly<Record<string, Service>>;
    readonly parties: Readonly<Record<string, Party>>;
    readonly edges: readonly Edge[];
    /** What all pods of the sandbox may have together. */
    readonly quota: Amounts & { readonly pods: number };
    readonly limitRange: { readonly container: Amounts; readonly pod: Amounts };
    /** Whom the cluster lets change the sandbox, and whose dry runs it doesn't judge, as a preview has none but the old parameters. */
    readonly admission: { readonly deployers: People; readonly previewers: People };
    /** Texts of the approved admission policies by name, the same for all stacks: the files in `admission/`. */
    readonly admissionPolicies: Readonly<Record<string, string>>;
    /** Texts of the approved AppArmor profiles by plain name, the same for all stacks: the files in `profiles/`. */
    readonly profiles: Readonly<Record<string, string>>;
    readonly waivers: readonly Waiver[];
}

/** Data, apart from the code that reads it. */
const FOLDER = join(__dirname, "../postures");

/** Approved for a stack that has no file of its own: the namespaces and nothing in them. */
const STRICTEST = "strictest";

/** What a file holds: profiles and admission policies are files of their own, and the days that are left of a waiver depend on when it is read. */
export type PostureFile = Omit<Posture, "waivers" | "profiles" | "admissionPolicies"> & { readonly $schema: string; readonly waivers: readonly Omit<Waiver, "daysLeft">[] };

function read(file: string): unknown {
    return JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
}

/** Raised where a posture can't be used. */
export class PostureError extends Problem {}

/**
 * File of a stack's posture in `policy/postures`, whether it is there or not.
 * @throws PostureError for a stack that can't have one of its own
 */
export function fileOf(stack: string): string {
    if (!mayHaveFile(stack)) {
        throw new PostureError(`"${stack}" can't have a posture of its own: that takes a name of lower-case letters, digits and hyphens, other than schema.`);
    }
    return `${stack}.json`;
}

function mayHaveFile(stack: string): boolean {
    return /^[a-z0-9][a-z0-9-]*$/.test(stack) && stack !== "schema";
}

/**
 * What stands in the file of a stack's posture, or in that of the strictest one.
 * @throws PostureError naming file, place and rule where the file doesn't follow schema.json, or approves what nothing may approve
 */
export function postureFileOf(stack: string): PostureFile {
    const file = mayHaveFile(stack) && existsSync(join(FOLDER, fileOf(stack))) ? fileOf(stack) : `${STRICTEST}.json`;
    return parsePosture(file, read(file));
}

/** @throws PostureError as {@link postureFileOf} does */
export function parsePosture(file: string, posture: unknown): PostureFile {
    const problems = problemsIn(posture);
    if (problems.length > 0) {
        throw new PostureError(`policy/postures/${file}: ${problems.join("; ")}`);
    }
    return posture as PostureFile;
}

/** All that is wrong with a posture, in words; empty where it may be used. */
export function problemsIn(posture: unknown): string[] {
    const ajv = new Ajv({ allErrors: true, strict: true });
    return ajv.validate(read("schema.json") as object, posture) ? problemsOf(posture as PostureFile) : [ajv.errorsText(undefined, { dataVar: "posture" })];
}

/** Texts of the files in a folder beside the postures, by their names. */
function textsIn(folder: string): Readonly<Record<string, string>> {
    const path = join(FOLDER, folder);
    return Object.fromEntries(readdirSync(path).map((name) => [basename(name, ".json"), readFileSync(join(path, name), "utf8")]));
}

/** A posture as it counts on a day. */
export function onDay(file: PostureFile, day: string): Posture {
    return { ...file, profiles: textsIn("profiles"), admissionPolicies: textsIn("admission"), waivers: file.waivers.map((waiver) => ({ ...waiver, daysLeft: daysUntil(waiver.expires, day) })) };
}

/** The posture of a stack as it counts today; throws as {@link postureFileOf} does. */
export function postureOf(stack: string, clock: Clock = today): Posture {
    return onDay(postureFileOf(stack), clock());
}
