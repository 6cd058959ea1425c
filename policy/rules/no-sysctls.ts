import { forPod } from "../model/pod";
import { field } from "../model/read";
import { demand, isEmpty } from "./kit/demand";
import { kubernetes, POD_SECURITY_BASELINE } from "./kit/references";
import type { ResourceRule } from "./rule";

export const noSysctls: ResourceRule = {
    scope: "resource",
    name: "no-sysctls",
    measures: ["no-privilege-escalation", "network"],
    severity: "high",
    description: "Pods set no kernel parameters.",
    rationale: "Some parameters open ports below 1024 or ICMP to user code, and those that the standards call unsafe reach other pods of the node.",
    remediation: "Remove securityContext.sysctls from the pod.",
    references: [POD_SECURITY_BASELINE, kubernetes("tasks/administer-cluster/sysctl-cluster/")],
    check: (resource) => forPod(resource, ({ spec }) => demand(field(spec, "securityContext", "sysctls"), "left out", isEmpty)),
};
