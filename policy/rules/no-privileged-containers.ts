import { forEachContainer, forPod } from "../model/pod";
import { field } from "../model/read";
import { demand, unsetOr } from "./kit/demand";
import { cis, POD_SECURITY_BASELINE } from "./kit/references";
import type { ResourceRule } from "./rule";

export const noPrivilegedContainers: ResourceRule = {
    scope: "resource",
    name: "no-privileged-containers",
    measures: ["no-privilege-escalation"],
    severity: "critical",
    description: "No container is privileged, a Windows host process, or has an unmasked /proc.",
    rationale: "A privileged container is the node: every other measure ends there. An unmasked /proc shows and changes kernel state.",
    remediation: "Remove privileged, procMount and hostProcess from the security contexts.",
    references: [POD_SECURITY_BASELINE, cis("5.2.2"), cis("5.2.11")],
    check: (resource) => [
        ...forPod(resource, ({ spec }) => demand(field(spec, "securityContext", "windowsOptions", "hostProcess"), "false or left out", unsetOr(false))),
        ...forEachContainer(resource, (container) => {
            const context = field(container, "securityContext");
            return [
                ...demand(field(context, "privileged"), "false or left out", unsetOr(false)),
                ...demand(field(context, "procMount"), '"Default" or left out', unsetOr("Default")),
                ...demand(field(context, "windowsOptions", "hostProcess"), "false or left out", unsetOr(false)),
            ];
        }),
    ],
};
