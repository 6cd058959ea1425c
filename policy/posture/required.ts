import { isDefaultDeny } from "../model/network/policy";
import { kindOfType } from "../model/pod";
import type { Resource } from "../model/resource";
import type { Stack } from "../model/stack";
import { identityOf } from "./approved/identity";
import type { Posture } from "./posture";

/** Kinds that hold a measure for pods: it has to be there before them. The pods' own account is Pulumi's to order. */
const FOUNDATIONS = [
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

const identities = new WeakMap<Stack, ReadonlyMap<string, Resource>>();

/** The stack's own object where an approved one has to be. */
export function find(stack: Stack, object: Resource): Resource | undefined {
    const known = identities.get(stack) ?? new Map(stack.resources.map((resource) => [identityOf(resource) ?? "", resource]));
    identities.set(stack, known);
    return known.get(identityOf(object) ?? "");
}
