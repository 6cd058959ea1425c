import type { Posture } from "../postures/posture";
import type { PodHolder } from "./pod";
import { field } from "./read";
import type { Value } from "./resource";

/**
 * The one workload that may do more than the rest: the DaemonSet that loads AppArmor profiles into the nodes' kernels. This is all of
 * it; `rules/apparmor-loader.ts` demands each of these values, and the pod rules make room for no other.
 */
export const LOADER = {
    kind: "DaemonSet",
    name: "apparmor-loader",
    configMap: "apparmor-profiles",
    /** The script in the image: loads, verifies, and watches. */
    command: ["/usr/local/bin/load.sh", "run"],
    ready: ["/usr/local/bin/load.sh", "ready"],
    /** Writing below this directory is what loading is. */
    securityfs: "/sys/kernel/security",
    profiles: "/etc/wikifunctions/profiles",
    /** First on a node and last to leave it: no workload starts without its profile. */
    priorityClass: "system-node-critical",
} as const;

/** Whether these pods are the loader's: by kind, name and the namespace that the posture gives it, which nothing else may use. */
export function isLoader({ kind, namespace, name }: PodHolder, posture: Posture): boolean {
    return kind === LOADER.kind && name === LOADER.name && namespace === posture.loaderNamespace;
}

/** The profiles in the value of the loader's EXPECTED_PROFILES; undefined where they can't be read. */
export function profilesIn(value: Value): string[] | undefined {
    return typeof value === "string" && /^[a-z0-9-]+( [a-z0-9-]+)*$/.test(value) ? value.split(" ") : undefined;
}

/** The profiles that the loader loads, and says it is ready once they are there. */
export function expectedProfiles({ spec }: PodHolder): string[] {
    return profilesIn(field(spec, "containers", 0, "env", 0, "value").value) ?? [];
}
