import { nameOf } from "../posture/approved/identity";
import { find, requiredOf } from "../posture/required";
import { kubernetes } from "./kit/references";
import type { StackRule } from "./rule";

export const requiredResources: StackRule = {
    scope: "stack",
    name: "required-resources",
    measures: ["admission", "cpu", "memory", "apparmor", "network"],
    severity: "critical",
    needs: "posture",
    description: "Every approved object is there; only a NetworkPolicy that opens something and a PodDisruptionBudget may be missing.",
    rationale: "A measure that is deleted shows in a preview as nothing at all, so that its absence has to be looked for.",
    remediation: "Put the object back, or have it taken out of policy/approved/STACK.yaml: npm run posture -- approve STACK.",
    references: [kubernetes("concepts/policy/")],
    check: (stack, posture) => {
        const missing = requiredOf(posture).filter((object) => find(stack, object) === undefined);
        return missing.map((object) => ({ path: nameOf(object), is: "missing", must: "in the stack, as approved" }));
    },
};
