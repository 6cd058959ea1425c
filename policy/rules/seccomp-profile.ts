import { effective, forEachContainer, forPod } from "../model/pod";
import { field, members } from "../model/read";
import { demand, oneOf, unsetOr } from "./kit/demand";
import { cis, kubernetes, POD_SECURITY_RESTRICTED } from "./kit/references";
import type { ResourceRule } from "./rule";

/** Kubernetes stopped reading these in 1.27, older tools didn't: they may repeat the field but not contradict it. */
const LEGACY = /^(container\.)?seccomp\.security\.alpha\.kubernetes\.io\//;

export const seccompProfile: ResourceRule = {
    scope: "resource",
    name: "seccomp-profile",
    measures: ["seccomp"],
    severity: "critical",
    description: "Every container runs under the runtime's default seccomp profile or a profile of its own.",
    rationale: "Without one, user code reaches every system call of the kernel, where most container escapes begin.",
    remediation: "Set securityContext.seccompProfile.type to RuntimeDefault on the pod, and don't override it in a container.",
    references: [POD_SECURITY_RESTRICTED, cis("5.7.2"), kubernetes("tutorials/security/seccomp/")],
    check: (resource) => [
        ...forPod(resource, ({ annotations, spec }) => [
            ...members(annotations).flatMap((annotation) =>
                LEGACY.test(annotation.key) || annotation.key === "?" ? demand(annotation, '"runtime/default" or left out', oneOf("runtime/default", "docker/default")) : [],
            ),
            // Said on the pod, it is what any container without words of its own gets, one that is added later included.
            ...demand(field(spec, "securityContext", "seccompProfile", "type"), "RuntimeDefault, Localhost or left out", unsetOr("RuntimeDefault", "Localhost")),
        ]),
        ...forEachContainer(resource, (container) => {
            const profile = effective(container, "seccompProfile");
            const type = field(profile, "type");
            return type.value === "Localhost"
                ? demand(field(profile, "localhostProfile"), "the file of a profile", (file) => typeof file === "string" && file !== "")
                : demand(type, "RuntimeDefault, or Localhost with a profile", oneOf("RuntimeDefault"));
        }),
    ],
};
