import { parseQuantity } from "../model/quantity";
import { entries, field, type Field } from "../model/read";
import { metadata } from "../model/stack";
import type { Amounts, Posture } from "../postures/posture";
import { demand } from "./demand";
import { cis, kubernetes } from "./references";
import type { ResourceRule, Violation } from "./rule";

const RESOURCES = { cpu: "cpu", memory: "memory", "ephemeral-storage": "ephemeralStorage" } as const;

export const limitRange: ResourceRule = {
    scope: "resource",
    name: "limit-range",
    measures: ["cpu", "memory"],
    severity: "medium",
    needs: "posture",
    description: "The sandbox's LimitRange bounds what one container and one pod may ask for, within what is approved.",
    rationale: "It is the bound that holds for pods which nobody previewed: admission refuses a larger one.",
    remediation: "Give the LimitRange a max for Container and Pod with CPU, memory and ephemeral storage, no higher than the stack's posture.",
    references: [kubernetes("concepts/policy/limit-range/"), cis("5.7.1")],
    check: (resource, posture) => {
        if (resource.type.split(":").at(-1) !== "LimitRange" || metadata(resource, "namespace") !== posture.namespace) {
            return [];
        }
        const limits = field({ path: "", value: resource.props }, "spec", "limits");
        return [...boundsOf(limits, "Container", posture.limitRange.container), ...boundsOf(limits, "Pod", posture.limitRange.pod)];
    },
};

function boundsOf(limits: Field, type: "Container" | "Pod", approved: Posture["limitRange"]["pod"]): Violation[] {
    const ranges = entries(limits).filter((range) => field(range, "type").value === type);
    return ranges.length === 0
        ? [{ path: limits.path, is: `without an entry of type ${type}`, must: `with a max for each ${type}` }]
        : ranges.flatMap((range) => Object.entries(RESOURCES).flatMap(([resource, name]) => within(field(range, "max", resource), approved[name])));
}

function within(max: Field, approved: Amounts[keyof Amounts]): Violation[] {
    const bound = parseQuantity(approved) ?? 0n;
    return demand(max, `at most ${approved}`, (value) => {
        const given = parseQuantity(value);
        return given !== undefined && given <= bound;
    });
}
