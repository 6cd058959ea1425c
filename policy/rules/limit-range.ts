import { isOfKind } from "../model/kinds";
import { entries, field, type Field } from "../model/read";
import { metadata } from "../model/stack";
import type { Posture } from "../posture/posture";
import { demand, oneOf, quantityUpTo } from "./kit/demand";
import { cis, kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

/** What Kubernetes calls what is bounded, and what the posture calls it. */
const TYPES = [["Container", "container"], ["Pod", "pod"]] as const;
const RESOURCES = [["cpu", "cpu"], ["memory", "memory"], ["ephemeral-storage", "ephemeralStorage"]] as const;

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
        if (!isOfKind(resource, "LimitRange") || metadata(resource, "namespace") === posture.loaderNamespace) {
            return [];
        }
        const limits = field({ path: "", value: resource.props }, "spec", "limits");
        const ranges = entries(limits);
        const missing = TYPES.filter(([type]) => !ranges.some((range) => field(range, "type").value === type));
        return [
            ...missing.map(([type]) => ({ path: limits.path, is: `without an entry of type ${type}`, must: `with a max for each ${type}` })),
            ...ranges.flatMap((range) => boundsOf(range, posture)),
        ];
    },
};

function boundsOf(range: Field, posture: Posture): Violation[] {
    const type = field(range, "type");
    const [, name] = TYPES.find(([known]) => known === type.value) ?? [];
    return name === undefined
        ? demand(type, TYPES.map(([known]) => known).join(" or "), oneOf())
        : RESOURCES.flatMap(([resource, amount]) => {
            const approved = posture.limitRange[name][amount];
            return demand(field(range, "max", resource), `a quantity from 0 to ${approved}`, quantityUpTo(approved));
        });
}
