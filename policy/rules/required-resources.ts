import { find, foundationsOf, workloadsOf, type Required } from "../posture/required";
import { kubernetes } from "./kit/references";
import type { StackRule } from "./rule";

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
    check: (stack, posture) => [...foundationsOf(posture), ...workloadsOf(posture)].filter((required) => find(stack, required).length === 0).map((required) => ({
        path: describe(required),
        is: "missing",
        must: "in the stack",
    })),
};

function describe({ kind, namespace, name }: Required): string {
    return `${kind} ${[namespace, name].filter((part) => part !== undefined).join("/")}`;
}
