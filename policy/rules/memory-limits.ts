import { limitsOf } from "./kit/limits";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const memoryLimits: ResourceRule = {
    scope: "resource",
    name: "memory-limits",
    measures: ["memory"],
    severity: "high",
    description: "Every container requests memory and has a limit of it, no lower than the request.",
    rationale: "Without a limit user code fills the node until the kernel kills other workloads instead of this one.",
    remediation: "Set resources.requests and resources.limits of memory on the container, the request no higher than the limit.",
    references: [kubernetes("concepts/configuration/manage-resources-containers/")],
    check: limitsOf("memory"),
};
