import { isLoader } from "../posture/loader";
import { forEachContainer } from "../model/pod";
import { entries, field } from "../model/read";
import { demand, oneOf } from "./kit/demand";
import { cis, POD_SECURITY_RESTRICTED } from "./kit/references";
import type { ResourceRule } from "./rule";

/** What the profile loader needs to put profiles into the kernel, and nobody else does. */
const LOADER_ADDS = ["MAC_ADMIN"];

export const dropAllCapabilities: ResourceRule = {
    scope: "resource",
    name: "drop-all-capabilities",
    measures: ["capabilities"],
    severity: "critical",
    description: "Every container drops all Linux capabilities and adds none.",
    rationale: "The default set of the runtime includes raw sockets, changing owners and binding low ports, all of use to user code that breaks out.",
    remediation: 'Set securityContext.capabilities to { drop: ["ALL"] } on the container, without add.',
    references: [POD_SECURITY_RESTRICTED, cis("5.2.8"), cis("5.2.9"), cis("5.2.10")],
    check: (resource, posture) =>
        forEachContainer(resource, (container) => {
            const capabilities = field(container, "securityContext", "capabilities");
            const mayAdd = isLoader(container.pod, posture) ? LOADER_ADDS : [];
            return [
                ...demand(field(capabilities, "drop"), 'a list that has "ALL"', (drop) => Array.isArray(drop) && drop.includes("ALL")),
                ...entries(field(capabilities, "add")).flatMap((added) => demand(added, "left out", oneOf(...mayAdd))),
            ];
        }),
};
