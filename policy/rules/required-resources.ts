import type { Resource } from "../model/resource";
import { metadata } from "../model/stack";
import type { Posture } from "../postures/posture";
import { kubernetes } from "./references";
import type { StackRule } from "./rule";

/** One thing that has to be in the stack. */
interface Required {
    readonly kind: string;
    readonly namespace?: string;
    /** Left out where any of the kind will do, because the rules on it look at each. */
    readonly name?: string;
}

export const requiredResources: StackRule = {
    scope: "stack",
    name: "required-resources",
    measures: ["admission", "cpu", "memory", "apparmor"],
    severity: "critical",
    needs: "posture",
    description: "What the measures stand on is there: namespaces, quota, limit range, priority class, the profile loader, and the approved services.",
    rationale: "A measure that is deleted shows in a preview as nothing at all, so that its absence has to be looked for.",
    remediation: "Put the resource back. A service that is to go for good has to leave the stack's posture first.",
    references: [kubernetes("concepts/policy/")],
    check: (stack, posture) => requiredBy(posture).filter((required) => !stack.ofKind(required.kind).some(isIt(required))).map((required) => ({
        path: describe(required),
        is: "missing",
        must: "in the stack",
    })),
};

function requiredBy({ namespace, loaderNamespace, priorityClass, services }: Posture): Required[] {
    return [
        { kind: "Namespace", name: namespace },
        { kind: "Namespace", name: loaderNamespace },
        { kind: "ResourceQuota", namespace },
        { kind: "LimitRange", namespace },
        { kind: "PriorityClass", name: priorityClass },
        { kind: "DaemonSet", namespace: loaderNamespace, name: "apparmor-loader" },
        { kind: "ConfigMap", namespace: loaderNamespace, name: "apparmor-profiles" },
        ...Object.keys(services).map((name) => ({ kind: "Deployment", namespace, name })),
    ];
}

function isIt({ namespace, name }: Required): (resource: Resource) => boolean {
    return (resource) => (namespace === undefined || metadata(resource, "namespace") === namespace) && (name === undefined || metadata(resource, "name") === name);
}

function describe({ kind, namespace, name }: Required): string {
    return `${kind} ${[namespace, name].filter((part) => part !== undefined).join("/")}`;
}
