import type { Posture, Service } from "./posture";
import type { PodHolder } from "../model/pod";

/**
 * The approved service that a workload is, by kind, namespace and name: these are the identity of the object in the cluster,
 * which labels, being anyone's to write, are not.
 */
export function serviceOf({ kind, namespace, name }: PodHolder, posture: Posture): Service | undefined {
    const approved = kind === "Deployment" && namespace === posture.namespace && typeof name === "string" && Object.hasOwn(posture.services, name);
    return approved ? posture.services[name] : undefined;
}
