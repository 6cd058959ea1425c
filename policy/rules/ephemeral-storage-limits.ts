import { limitsOf } from "./kit/limits";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const ephemeralStorageLimits: ResourceRule = {
    scope: "resource",
    name: "ephemeral-storage-limits",
    measures: ["memory"],
    severity: "medium",
    description: "Every container requests ephemeral storage and has a limit of it, no lower than the request.",
    rationale: "Logs and scratch files without a limit fill the node's disk, and the kubelet then evicts other workloads as well.",
    remediation: "Set resources.requests and resources.limits of ephemeral-storage on the container, the request no higher than the limit.",
    references: [kubernetes("concepts/storage/ephemeral-storage/")],
    check: limitsOf("ephemeral-storage"),
};
