import { isOfKind } from "../model/kinds";
import { field } from "../model/read";
import { metadata } from "../model/stack";
import { demand, forbid, quantityUpTo } from "./kit/demand";
import { cis, kubernetes } from "./kit/references";
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
        if (!isOfKind(resource, "ResourceQuota") || metadata(resource, "namespace") === posture.loaderNamespace) {
            return [];
        }
        const spec = field({ path: "", value: resource.props }, "spec");
        return [
            ...BOUNDS.flatMap(([bound, name]) => demand(field(spec, "hard", bound), `a quantity from 0 to ${String(posture.quota[name])}`, quantityUpTo(posture.quota[name]))),
            ...["scopes", "scopeSelector"].flatMap((scope) => forbid(field(spec, scope), "left out, so that the quota counts every pod")),
        ];
    },
};
