import { isLoader } from "../posture/loader";
import { effective, forEachContainer, forPod } from "../model/pod";
import { entries, field, isUnset } from "../model/read";
import { demand, integerIn, oneOf, unsetOr } from "./kit/demand";
import { cis, POD_SECURITY_RESTRICTED } from "./kit/references";
import type { ResourceRule } from "./rule";

const LAST_ID = 2 ** 31 - 1;
const ordinary = integerIn(1, LAST_ID);

export const runAsNonRoot: ResourceRule = {
    scope: "resource",
    name: "run-as-non-root",
    measures: ["capabilities"],
    severity: "critical",
    description: "Every container runs as a stated user and group other than root, without root's group among its groups.",
    rationale: "Root in a container is root on the node the moment anything is misconfigured, and root's group owns files in most images.",
    remediation: "Set runAsNonRoot to true, runAsUser and runAsGroup to 900 on the pod's security context, and don't override them in a container.",
    references: [POD_SECURITY_RESTRICTED, cis("5.2.7")],
    check: (resource, posture) => [
        ...forPod(resource, ({ spec }) => [
            // Said on the pod, it is what any container without words of its own gets, one that is added later included.
            ...demand(field(spec, "securityContext", "runAsNonRoot"), "true or left out", unsetOr(true)),
            ...["runAsUser", "runAsGroup"].flatMap((name) => demand(field(spec, "securityContext", name), "an id above 0, or left out", (id) => isUnset(id) || ordinary(id))),
            ...entries(field(spec, "securityContext", "supplementalGroups")).flatMap((group) => demand(group, "a group id above 0", ordinary)),
            ...demand(field(spec, "securityContext", "fsGroup"), "a group id above 0, or left out", (group) => isUnset(group) || ordinary(group)),
        ]),
        ...forEachContainer(resource, (container) =>
            // Loading a profile is root's business; the loader's only other right is checked in drop-all-capabilities.
            isLoader(container.pod, posture)
                ? []
                : [
                      ...demand(effective(container, "runAsNonRoot"), "true, here or on the pod", oneOf(true)),
                      ...demand(effective(container, "runAsUser"), "a user id above 0, here or on the pod", ordinary),
                      ...demand(effective(container, "runAsGroup"), "a group id above 0, here or on the pod", ordinary),
                  ],
        ),
    ],
};
