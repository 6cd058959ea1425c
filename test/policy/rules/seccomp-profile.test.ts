import { UNKNOWN } from "../../../policy/model/resource";
import { seccompProfile } from "../../../policy/rules/seccomp-profile";
import { evaluator } from "../fixtures";
import { ANNOTATIONS, CONTEXT, judge, POD, POD_CONTEXT } from "../harness";

judge(seccompProfile, {
    good: evaluator,
    passes: {
        "the container relying on the pod": [[`${CONTEXT}.seccompProfile`, undefined]],
        "a profile of its own": [[`${CONTEXT}.seccompProfile`, { type: "Localhost", localhostProfile: "evaluator.json" }]],
        "a profile of its own for the pod": [[`${POD_CONTEXT}.seccompProfile`, { type: "Localhost", localhostProfile: "evaluator.json" }]],
        "the older words for it": [[`${ANNOTATIONS}["seccomp.security.alpha.kubernetes.io/pod"]`, "docker/default"]],
        "annotations about other things": [[`${ANNOTATIONS}["example.org/seccomp.security.alpha.kubernetes.io/pod"]`, "unconfined"]],
        "the older annotation in agreement": [[`${ANNOTATIONS}["seccomp.security.alpha.kubernetes.io/pod"]`, "runtime/default"]],
    },
    blocks: {
        "no confinement": [`${CONTEXT}.seccompProfile.type`, "Unconfined"],
        "no confinement on the pod, whatever the container says": [`${POD_CONTEXT}.seccompProfile.type`, "Unconfined"],
        "a type in other letters": [`${CONTEXT}.seccompProfile.type`, "runtimeDefault"],
        "a profile without a type, whatever the pod has": [`${CONTEXT}.seccompProfile`, {}, `${CONTEXT}.seccompProfile.type`],
        "a local profile of no name": [`${CONTEXT}.seccompProfile`, { type: "Localhost", localhostProfile: "" }, `${CONTEXT}.seccompProfile.localhostProfile`],
        "unknown annotations": [ANNOTATIONS, UNKNOWN, `${ANNOTATIONS}[?]`],
        "the pod's older annotation in contradiction": [`${ANNOTATIONS}["seccomp.security.alpha.kubernetes.io/pod"]`, "unconfined"],
        "a local profile without a file": [`${CONTEXT}.seccompProfile`, { type: "Localhost" }, `${CONTEXT}.seccompProfile.localhostProfile`],
        "an unknown profile": [`${CONTEXT}.seccompProfile`, UNKNOWN, `${CONTEXT}.seccompProfile.type`],
        "an init container, and a pod without a profile": [
            POD,
            { containers: [], initContainers: [{ name: "init" }] },
            `${POD}.initContainers[0].securityContext.seccompProfile.type`,
        ],
        "the older annotation in contradiction": [`${ANNOTATIONS}["container.seccomp.security.alpha.kubernetes.io/evaluator"]`, "unconfined"],
    },
});
