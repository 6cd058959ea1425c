import { createHash } from "node:crypto";
import type { Posture } from "./posture";
import type { PodHolder } from "../model/pod";
import { field, isObject } from "../model/read";
import type { Resource, Value } from "../model/resource";
import { metadata, type Stack } from "../model/stack";

/** Name of the ConfigMap of profiles, without the hash of their names. */
export const CONFIG_MAP = "apparmor-profiles";

/**
 * The one workload that may do more than the rest: the DaemonSet that loads AppArmor profiles into the nodes' kernels. This is all of
 * it; `rules/apparmor-loader.ts` demands each of these values, and the pod rules make room for no other.
 */
export const LOADER = {
    kind: "DaemonSet",
    name: "apparmor-loader",
    /** What the names of the ConfigMaps with profiles begin with. */
    configMap: `${CONFIG_MAP}-`,
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

/**
 * The name that a ConfigMap of these profiles has to have: it ends in the first digits of the SHA-256 of their names, so that other
 * profiles come in another one, and those that pods still run under stay until these are gone.
 */
export function configMapOf(profiles: readonly string[]): string {
    return `${LOADER.configMap}${createHash("sha256").update([...profiles].sort().join(" ")).digest("hex").slice(0, 12)}`;
}

/** Whether a ConfigMap may be one of profiles, by its name. */
export function isConfigMapOfProfiles(name: Value): boolean {
    return typeof name === "string" && name.startsWith(LOADER.configMap) && /^[0-9a-f]{12}$/.test(name.slice(LOADER.configMap.length));
}

/** The profiles in the value of the loader's EXPECTED_PROFILES; undefined where they can't be read. */
export function profilesIn(value: Value): string[] | undefined {
    return typeof value === "string" && /^[a-z0-9-]+( [a-z0-9-]+)*$/.test(value) ? value.split(" ") : undefined;
}

/** The profiles that the loader loads, and says it is ready once they are there. */
export function expectedProfiles({ spec }: PodHolder): string[] {
    return profilesIn(field(spec, "containers", 0, "env", 0, "value").value) ?? [];
}

/** The names in the ConfigMap that the loader mounts. */
export function mountedProfiles({ spec }: PodHolder, stack: Stack, { loaderNamespace }: Posture): string[] {
    const name = field(spec, "volumes", 1, "configMap", "name").value;
    const isMounted = (map: Resource): boolean => metadata(map, "namespace") === loaderNamespace && isConfigMapOfProfiles(name) && metadata(map, "name") === name;
    return stack.ofKind("ConfigMap").filter(isMounted).flatMap(({ props }) => (isObject(props["data"]) ? Object.keys(props["data"]) : []));
}
