import type { Posture } from "./posture";
import { isLoader } from "./loader";
import { isDefaultDeny } from "../model/network/policy";
import { kindOfType, podsOf } from "../model/pod";
import type { Resource } from "../model/resource";

/**
 * Kinds that hold a measure for others, whichever object it is. NetworkPolicies that open an edge come and go with the services, and the
 * provider replaces a ConfigMap whenever its data change.
 */
const ALWAYS = ["Namespace", "ResourceQuota", "LimitRange", "PriorityClass", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"];

/** Whether something is open once this resource is deleted, while the workloads are still there. */
export function isMeasure(resource: Resource, posture: Posture): boolean {
    const kind = kindOfType(resource.type);
    const pod = podsOf(resource);
    return ALWAYS.includes(kind) || isDefaultDeny(resource) || (pod !== undefined && isLoader(pod, posture));
}
