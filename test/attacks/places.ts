import { LANGUAGES, MEASURES, type Language } from "./attack";

/** A namespace without NetworkPolicies, and one with nothing but the sandbox's default deny. */
export const NAMESPACES = { open: "attacks", denied: "attacks-network" } as const;

/** Port of every evaluator that has a pod for itself. */
const PORT = 6927;

/** A container that runs attacks. */
export interface Place {
    readonly namespace: string;
    readonly pod: string;
    readonly container: string;
    readonly port: number;
}

type At = readonly [where: string, language: Language];

/** A NetworkPolicy is a namespace's, and the limit of processes a pod's. */
const OF_A_POD: readonly string[] = ["network", "pids"];

/** Pods with several containers: to an emulated node a container is a third of what a pod is. */
const SHARED: Readonly<Record<string, readonly At[]>> = {
    control: LANGUAGES.map((language) => ["control", language]),
    only: Object.keys(MEASURES).filter((measure) => !OF_A_POD.includes(measure)).map((measure) => [measure, "python"]),
};

/** An evaluator that has a pod for itself, as all of the sandbox have. */
export const aloneIn = (namespace: string, pod: string): Place => ({ namespace, pod, container: "evaluator", port: PORT });

/** Containers of one pod share its network, so that each has a port of its own. */
const beside = (pod: string, container: string, number: number): Place => ({ namespace: NAMESPACES.open, pod, container, port: PORT + 1 + number });

/** @param where `control`, `patient` for the sandboxed pod with more time, or, only for Python, `gvisor` for that on gVisor or a measure that is there alone */
export function placeOf(where: string, language: Language): Place {
    switch (where) {
        case "control": return beside(where, language, LANGUAGES.indexOf(language));
        case "patient": return aloneIn(NAMESPACES.denied, `${where}-${language}`);
        case "network":
        case "gvisor": return aloneIn(NAMESPACES.denied, where);
        case "pids": return aloneIn(NAMESPACES.open, where);
        default: return beside("only", where, Object.keys(MEASURES).indexOf(where));
    }
}

/** All that are in the pod of that one. */
export function inPodOf(where: string, language: Language): readonly At[] {
    return SHARED[placeOf(where, language).pod] ?? [[where, language]];
}
