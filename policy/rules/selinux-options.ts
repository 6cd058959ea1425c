import { forEachContainer, forPod } from "../model/pod";
import { field, type Field } from "../model/read";
import { demand, unsetOr } from "./kit/demand";
import { cis, POD_SECURITY_BASELINE } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

/** Types under which a process is confined. The standards allow two more, for init systems and container engines, which are wider. */
const CONFINED = ["container_t", "container_kvm_t"];

export const selinuxOptions: ResourceRule = {
    scope: "resource",
    name: "selinux-options",
    measures: ["selinux"],
    severity: "high",
    description: "SELinux options, where a cluster has SELinux, only ever confine.",
    rationale: "A type such as spc_t, or a user, role or level of one's choice, takes a container out of its confinement and its separation from others.",
    remediation: `Remove seLinuxOptions, or keep only a type among ${CONFINED.join(" and ")}.`,
    references: [POD_SECURITY_BASELINE, cis("5.7.3")],
    check: (resource) => [
        ...forPod(resource, ({ spec }) => confined(field(spec, "securityContext", "seLinuxOptions"))),
        ...forEachContainer(resource, (container) => confined(field(container, "securityContext", "seLinuxOptions"))),
    ],
};

function confined(options: Field): Violation[] {
    // An empty text is read as left out.
    return [
        ...demand(field(options, "type"), `${CONFINED.join(" or ")}, or left out`, unsetOr("", ...CONFINED)),
        ...["user", "role", "level"].flatMap((name) => demand(field(options, name), "left out", unsetOr(""))),
    ];
}
