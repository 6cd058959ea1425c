import type { Posture } from "./posture";
import { BINDING, PARAMETERS, POLICY } from "./admission";
import { LOADER } from "./loader";
import type { Resource } from "../model/resource";
import { metadata, type Stack } from "../model/stack";

/** One thing that has to be in the stack. */
export interface Required {
    readonly kind: string;
    readonly namespace?: string;
    /** Left out where any of the kind will do, because the rules on it look at each. */
    readonly name?: string;
}

/** What the measures stand on: it has to be there, and to be there before any workload. Network policies have rules of their own. */
export function foundationsOf({ namespace, loaderNamespace, priorityClass, admissionPolicies }: Posture): Required[] {
    return [
        { kind: "Namespace", name: namespace },
        { kind: "Namespace", name: loaderNamespace },
        { kind: "ResourceQuota", namespace },
        { kind: "LimitRange", namespace },
        { kind: "PriorityClass", name: priorityClass },
        { kind: LOADER.kind, namespace: loaderNamespace, name: LOADER.name },
        { kind: "ConfigMap", namespace: loaderNamespace },
        { kind: "ConfigMap", namespace, name: PARAMETERS },
        ...Object.keys(admissionPolicies).flatMap((policy) => [POLICY, BINDING].map((kind) => ({ kind, name: `${namespace}-${policy}` }))),
    ];
}

/** The approved services. */
export function workloadsOf({ namespace, services }: Posture): Required[] {
    return Object.keys(services).map((name) => ({ kind: "Deployment", namespace, name }));
}

/** All resources of the stack that are it. */
export function find(stack: Stack, { kind, namespace, name }: Required): readonly Resource[] {
    return stack.ofKind(kind).filter((resource) =>
        (namespace === undefined || metadata(resource, "namespace") === namespace) && (name === undefined || metadata(resource, "name") === name));
}
