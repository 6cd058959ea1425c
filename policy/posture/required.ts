import { isDefaultDeny } from "../model/network/policy";
import { kindOfType } from "../model/pod";
import type { Resource } from "../model/resource";
import type { Stack } from "../model/stack";
import { counterpartOf } from "./approved/lookup";
import type { Posture } from "./posture";

/** Kinds that hold a measure for pods: it has to be there before them. The pods' own account is Pulumi's to order. */
export const FOUNDATIONS: readonly string[] = [
    ...["Namespace", "ResourceQuota", "LimitRange", "PriorityClass", "RuntimeClass", "DaemonSet", "ConfigMap"],
    ...["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"],
];

/** Without these the stack is no looser: who opens a connection less, or says nothing of evictions. */
function isDispensable(object: Resource): boolean {
    const kind = kindOfType(object.type);
    return kind === "PodDisruptionBudget" || (kind === "NetworkPolicy" && !isDefaultDeny(object)) || !object.type.startsWith("kubernetes:");
}

/** The approved objects that have to be in the stack. */
export function requiredOf({ objects }: Posture): readonly Resource[] {
    return objects.filter((object) => !isDispensable(object));
}

/** The approved objects that have to be there before any workload. Default denies have a rule of their own. */
export function foundationsOf({ objects }: Posture): readonly Resource[] {
    return objects.filter(({ type }) => FOUNDATIONS.includes(kindOfType(type)));
}

/** The stack's own object where an approved one has to be. */
export function find({ resources }: Stack, object: Resource): Resource | undefined {
    return counterpartOf(object, resources);
}
