import { isDefaultDeny } from "../model/network/policy";
import type { PodHolder } from "../model/pod";
import type { Resource } from "../model/resource";
import { metadata, type Stack } from "../model/stack";
import type { Posture } from "../posture/posture";
import { cis, kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { StackRule } from "./rule";

const USUAL_NAME = "default-deny";

export const defaultDeny: StackRule = {
    scope: "stack",
    name: "default-deny",
    measures: ["network"],
    severity: "critical",
    needs: "posture",
    description: "In each namespace a NetworkPolicy denies all traffic of all pods both ways, before any pod starts there.",
    rationale: "Where no policy selects a pod, Kubernetes lets it reach and be reached by everything: the node's metadata, the API server, the internet.",
    remediation: "Keep a NetworkPolicy with an empty podSelector, policyTypes Ingress and Egress and no rules in the namespace, and have every workload depend on it.",
    references: [kubernetes("concepts/services-networking/network-policies/#default-deny-all-ingress-and-all-egress-traffic"), cis("5.3.2")],
    check: (stack, posture) => namespacesOf(stack, posture).flatMap((namespace) => {
        const there = stack.ofKind("NetworkPolicy").filter((policy) => metadata(policy, "namespace") === namespace);
        const policies = there.filter(isDefaultDeny);
        return policies.length === 0
            ? [{ ...absent(there), path: `the default deny of namespace ${namespace}`, must: "a NetworkPolicy that selects all pods, has policyTypes Ingress and Egress and no rules" }]
            : workloadsIn(stack, namespace).filter((workload) => !comesAfter(stack, workload, policies)).map(tooEarly);
    }),
};

/** Where one of the usual name is there, it has other fields than it needs: that is said, as nobody deleted it. */
function absent(there: readonly Resource[]): Pick<Violation, "is" | "resource"> {
    const resource = there.find((policy) => metadata(policy, "name") === USUAL_NAME);
    return resource === undefined ? { is: "missing" } : { resource, is: "one that doesn't deny everything" };
}

/** The posture's namespaces, and whichever others have pods. */
function namespacesOf(stack: Stack, posture: Posture): string[] {
    const used = stack.pods.map(({ namespace }) => namespace).filter((namespace) => typeof namespace === "string");
    return [...new Set([posture.namespace, posture.loaderNamespace, ...used])];
}

function workloadsIn(stack: Stack, namespace: string): PodHolder[] {
    return stack.pods.filter((workload) => workload.namespace === namespace);
}

function comesAfter(stack: Stack, { resource }: PodHolder, policies: readonly Resource[]): boolean {
    const before = stack.before(resource);
    return policies.some((policy) => before.has(policy.urn));
}

function tooEarly({ resource }: PodHolder): Violation {
    return { resource, path: "dependsOn", is: "without the default deny of its namespace", must: "with it, so that no pod starts before traffic is denied" };
}
