import { parseQuantity } from "../model/quantity";
import { field } from "../model/read";
import type { Value } from "../model/resource";
import { metadata } from "../model/stack";
import type { Posture } from "../postures/posture";
import { demand } from "./demand";
import { cis, kubernetes } from "./references";
import type { ResourceRule } from "./rule";

/** Bounds of the quota, and what the posture calls them. */
const BOUNDS = [
    ["limits.cpu", "cpu"],
    ["limits.memory", "memory"],
    ["limits.ephemeral-storage", "ephemeralStorage"],
    ["pods", "pods"],
] as const;

export const resourceQuota: ResourceRule = {
    scope: "resource",
    name: "resource-quota",
    measures: ["cpu", "memory"],
    severity: "high",
    needs: "posture",
    description: "The sandbox's quota bounds CPU, memory, ephemeral storage and the number of pods, within what is approved, for all pods alike.",
    rationale: "Limits hold one container; without a bound on all of them, more replicas take what other workloads on the nodes need.",
    remediation: "Set spec.hard of the quota to no more than the quota of the stack's posture, and give it no scope.",
    references: [kubernetes("concepts/policy/resource-quotas/"), cis("5.7.1")],
    check: (resource, posture) => {
        if (resource.type.split(":").at(-1) !== "ResourceQuota" || metadata(resource, "namespace") !== posture.namespace) {
            return [];
        }
        const spec = field({ path: "", value: resource.props }, "spec");
        return [
            ...BOUNDS.flatMap(([bound, name]) => demand(field(spec, "hard", bound), `at most ${String(posture.quota[name])}`, (value) => isWithin(value, posture, name))),
            ...["scopes", "scopeSelector"].flatMap((scope) => demand(field(spec, scope), "left out, so that the quota counts every pod", (value) => value === undefined || value === null)),
        ];
    },
};

function isWithin(value: Value, { quota }: Posture, name: keyof Posture["quota"]): boolean {
    const [given, approved] = [parseQuantity(value), parseQuantity(quota[name])];
    return given !== undefined && approved !== undefined && given <= approved;
}
