import { forEachContainer } from "../model/pod";
import { field } from "../model/read";
import { demand, oneOf } from "./kit/demand";
import { cis, kubernetes, POD_SECURITY_RESTRICTED } from "./kit/references";
import type { ResourceRule } from "./rule";

export const noPrivilegeEscalation: ResourceRule = {
    scope: "resource",
    name: "no-privilege-escalation",
    measures: ["no-privilege-escalation"],
    severity: "critical",
    description: "No container's process can gain more privileges than its parent.",
    rationale: "Left out, the field allows set-user-id programs and file capabilities, the shortest way from user code to root.",
    remediation: "Set securityContext.allowPrivilegeEscalation to false on the container.",
    references: [POD_SECURITY_RESTRICTED, cis("5.2.6"), kubernetes("tasks/configure-pod-container/security-context/")],
    check: (resource) =>
        forEachContainer(resource, (container) => demand(field(container, "securityContext", "allowPrivilegeEscalation"), "false", oneOf(false))),
};
