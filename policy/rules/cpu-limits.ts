import { limitsOf } from "./kit/limits";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const cpuLimits: ResourceRule = {
    scope: "resource",
    name: "cpu-limits",
    measures: ["cpu"],
    severity: "high",
    description: "Every container requests CPU and has a limit of it, no lower than the request.",
    rationale: "A container without a CPU limit takes what its neighbours on the node need; one loop in user code is enough.",
    remediation: "Set resources.requests and resources.limits of cpu on the container, the request no higher than the limit.",
    references: [kubernetes("concepts/configuration/manage-resources-containers/")],
    check: limitsOf("cpu"),
};
