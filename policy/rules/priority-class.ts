import { isOfKind } from "../model/kinds";
import { describeName } from "../model/message";
import { field, fieldOf } from "../model/read";
import { demand, integerIn, oneOf, unsetOr } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

/** Lowest value that a user's class may have. */
const LOWEST = -2_147_483_648;

export const priorityClass: ResourceRule = {
    scope: "resource",
    name: "priority-class",
    measures: ["cpu", "memory"],
    severity: "high",
    needs: "posture",
    description: "The sandbox's priority is below that of workloads which name none, evicts nobody, and is nobody's default.",
    rationale: "On a full node the lower priority goes first; code that anybody may write must not push out the services beside it.",
    remediation: "Give the PriorityClass a negative value, preemptionPolicy Never and globalDefault false.",
    references: [kubernetes("concepts/scheduling-eviction/pod-priority-preemption/")],
    check: (resource, posture) => {
        if (!isOfKind(resource, "PriorityClass")) {
            return [];
        }
        const whole = fieldOf(resource.props);
        return [
            ...demand(field(whole, "metadata", "name"), `"${posture.priorityClass}"`, oneOf(posture.priorityClass), describeName),
            ...demand(field(whole, "value"), "a negative whole number", integerIn(LOWEST, -1)),
            ...demand(field(whole, "preemptionPolicy"), "Never", oneOf("Never")),
            ...demand(field(whole, "globalDefault"), "false or left out", unsetOr(false)),
        ];
    },
};
