import { kindOfType } from "./pod";
import type { Resource } from "./resource";

/** A kind of Kubernetes object that a stack may have, under its Pulumi type token. */
export interface KnownKind {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespaced: boolean;
}

/** All kinds that the measures need. A kind is added here together with the rules that guard it. */
const KINDS: readonly (readonly [group: string, kind: string, namespaced: boolean])[] = [
    ["core/v1", "Namespace", false],
    ["core/v1", "ConfigMap", true],
    ["core/v1", "LimitRange", true],
    ["core/v1", "ResourceQuota", true],
    ["core/v1", "Service", true],
    ["core/v1", "ServiceAccount", true],
    ["apps/v1", "DaemonSet", true],
    ["apps/v1", "Deployment", true],
    ["networking.k8s.io/v1", "NetworkPolicy", true],
    ["policy/v1", "PodDisruptionBudget", true],
    ["scheduling.k8s.io/v1", "PriorityClass", false],
    ["node.k8s.io/v1", "RuntimeClass", false],
    ["admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", false],
    ["admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", false],
];

export const KNOWN_KINDS: ReadonlyMap<string, KnownKind> = new Map(
    KINDS.map(([group, kind, namespaced]) => [`kubernetes:${group}:${kind}`, { apiVersion: group.replace(/^core\//, ""), kind, namespaced }]),
);

/** Kinds that hold pods, as Kubernetes serves them: the rules on pods read all of these, though a stack may have few. */
const WITH_PODS = new Set([
    ...["core/v1:Pod", "core/v1:PodTemplate", "core/v1:ReplicationController", "batch/v1:Job", "batch/v1:CronJob"],
    ...["apps/v1:Deployment", "apps/v1:ReplicaSet", "apps/v1:StatefulSet", "apps/v1:DaemonSet"],
].map((name) => `kubernetes:${name}`));

/** Whether the rules know what there is to judge in an object of its type: a kind of the same name in another group or version is another kind. */
export function isKnownKind({ type }: Resource): boolean {
    return KNOWN_KINDS.has(type) || WITH_PODS.has(type);
}

export const PROVIDER_TYPE = "pulumi:providers:kubernetes";
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** Components of the program group resources and make nothing themselves; they have no provider. */
export const COMPONENT_TYPE = /^wikifunctions:[A-Za-z0-9/]+:[A-Za-z0-9]+$/;

/** Whether a resource makes or patches an object of this kind: by its type token, or by what it says of itself, which is what the provider sends. */
export function isOfKind({ type, props }: Resource, kind: string): boolean {
    return kindOfType(type) === kind || props["kind"] === kind;
}
