import { describeName } from "../model/message";
import type { Resource } from "../model/resource";
import { metadata, type Stack } from "../model/stack";
import { approvedFor } from "../posture/approved/lookup";
import { nameOf } from "../posture/approved/identity";
import type { Posture } from "../posture/posture";
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
        return missing.map((object) => ({ path: nameOf(object), is: `missing${instead(object, stack, posture)}`, must: "in the stack, as approved" }));
    },
};

/** Most likely the same object by another name or in another namespace, which approved-objects refuses: said here, as nothing was deleted. */
function instead(object: Resource, { resources }: Stack, posture: Posture): string {
    const isAlike = (other: Resource): boolean => (["name", "namespace"] as const).some((key) => metadata(other, key) === metadata(object, key));
    const other = resources.find((each) => each.type === object.type && isAlike(each) && approvedFor(each, posture) === undefined);
    if (other === undefined) {
        return "";
    }
    const namespace = metadata(other, "namespace");
    const place = namespace === metadata(object, "namespace") ? "there" : `in namespace ${describeName(namespace)}`;
    return `, and one whose name is ${describeName(metadata(other, "name"))} is ${place}, which nobody has approved`;
}
