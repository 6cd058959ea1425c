import { limitsOf } from "./kit/limits";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const cpuLimits: ResourceRule = {
    scope: "resource",
    name: "cpu-limits",
    measures: ["cpu"],
    severity: "high",
    waivable: true,
    description: "Every container requests CPU and has a limit of it, within the approved ceiling.",
    rationale: "A container without a CPU limit takes what its neighbours on the node need; one loop in user code is enough.",
    remediation: "Set resources.requests and resources.limits of cpu on the container, the request no higher than the limit, the limit no higher than the posture's ceiling.",
    references: [kubernetes("concepts/configuration/manage-resources-containers/")],
    check: limitsOf({ resource: "cpu", ceiling: "cpu" }),
};
