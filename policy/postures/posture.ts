import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { contradictionsIn } from "./edges";

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

/** The approved state of one stack. A preview may be tighter, never looser. */
export interface Posture {
    readonly namespace: string;
    readonly loaderNamespace: string;
    readonly priorityClass: string;
    readonly requireDigests: boolean;
    /** Image repository of the AppArmor loader. */
    readonly loaderImage: string;
    /** Whether Deployments may be taken for deployed before their pods run; only for a cluster without nodes. */
    readonly allowSkipAwait: boolean;
    /** By the name of the Deployment. */
    readonly services: Readonly<Record<string, Service>>;
    readonly parties: Readonly<Record<string, Party>>;
    readonly edges: readonly Edge[];
    /** What all pods of the sandbox may have together. */
    readonly quota: Amounts & { readonly pods: number };
    readonly limitRange: { readonly container: Amounts; readonly pod: Amounts };
    /** Texts of the approved AppArmor profiles by plain name, the same for all stacks: the files in `profiles/`. */
    readonly profiles: Readonly<Record<string, string>>;
}

/** Approved for a stack that has no file of its own: the namespaces and nothing in them. */
const STRICTEST = "strictest";

function read(file: string): unknown {
    return JSON.parse(readFileSync(join(__dirname, file), "utf8"));
}

/**
 * The posture in a file.
 * @throws Error naming file, place and rule where it doesn't follow schema.json, or contradicts itself
 */
export function parsePosture(file: string, posture: unknown): Posture {
    const ajv = new Ajv({ allErrors: true, strict: true });
    if (!ajv.validate(read("schema.json") as object, posture)) {
        throw new Error(`policy/postures/${file}: ${ajv.errorsText(undefined, { dataVar: "posture" })}`);
    }
    const contradictions = contradictionsIn(posture as Posture);
    if (contradictions.length > 0) {
        throw new Error(`policy/postures/${file}: ${contradictions.join("; ")}`);
    }
    return { ...(posture as Omit<Posture, "profiles">), profiles: approvedProfiles() };
}

function approvedProfiles(): Posture["profiles"] {
    const names = readdirSync(join(__dirname, "profiles"));
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(__dirname, "profiles", name), "utf8")]));
}

/**
 * The posture of a stack.
 * @throws Error as {@link parsePosture}
 */
export function postureOf(stack: string): Posture {
    const own = `${stack}.json`;
    const file = /^[a-z0-9][a-z0-9-]*$/.test(stack) && stack !== "schema" && existsSync(join(__dirname, own)) ? own : `${STRICTEST}.json`;
    return parsePosture(file, read(file));
}
