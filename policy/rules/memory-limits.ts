import { limitsOf } from "./kit/limits";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const memoryLimits: ResourceRule = {
    scope: "resource",
    name: "memory-limits",
    measures: ["memory"],
    severity: "high",
    waivable: true,
    description: "Every container requests memory and has a limit of it, within the approved ceiling.",
    rationale: "Without a limit user code fills the node until the kernel kills other workloads instead of this one.",
    remediation: "Set resources.requests and resources.limits of memory on the container, the request no higher than the limit, the limit no higher than the posture's ceiling.",
    references: [kubernetes("concepts/configuration/manage-resources-containers/")],
    check: limitsOf({ resource: "memory", ceiling: "memory" }),
};
