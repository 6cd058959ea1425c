import { UNKNOWN } from "../../policy/model/resource";
import { apparmorProfile } from "../../policy/rules/apparmor-profile";
import { evaluator, loader } from "./fixtures";
import { ANNOTATIONS, CONTEXT, judge, POD_CONTEXT } from "./harness";

const LEGACY = "container.apparmor.security.beta.kubernetes.io";

judge(
    apparmorProfile,
    {
        good: evaluator,
        passes: {
            "the container relying on the pod": [[`${CONTEXT}.appArmorProfile`, undefined]],
            "the field alone": [[ANNOTATIONS, undefined]],
        },
        blocks: {
            "no confinement": [`${CONTEXT}.appArmorProfile`, { type: "Unconfined" }, `${CONTEXT}.appArmorProfile.type`],
            "the runtime's profile": [`${CONTEXT}.appArmorProfile`, { type: "RuntimeDefault" }, `${CONTEXT}.appArmorProfile.type`],
            "no confinement of the pod, whatever its containers say": [`${POD_CONTEXT}.appArmorProfile`, { type: "Unconfined" }, `${POD_CONTEXT}.appArmorProfile.type`],
            "a profile of others": [`${CONTEXT}.appArmorProfile.localhostProfile`, "docker-default"],
            "a profile of another service": [`${CONTEXT}.appArmorProfile.localhostProfile`, "wikifunctions-orchestrator-0123456789ab"],
            "its profile without a hash": [`${CONTEXT}.appArmorProfile.localhostProfile`, "wikifunctions-evaluator-python"],
            "an unknown profile": [`${CONTEXT}.appArmorProfile`, UNKNOWN, `${CONTEXT}.appArmorProfile.type`],
            "an annotation that contradicts the field": [`${ANNOTATIONS}["${LEGACY}/evaluator"]`, "unconfined"],
            "an annotation for a container that isn't there": [`${ANNOTATIONS}["${LEGACY}/evaluators"]`, "localhost/wikifunctions-evaluator"],
            "the annotation on the Deployment": [`metadata.annotations["${LEGACY}/evaluator"]`, "localhost/wikifunctions-evaluator"],
            "unknown annotations": [ANNOTATIONS, UNKNOWN, `${ANNOTATIONS}[?]`],
        },
    },
    {
        good: loader,
        blocks: {
            "a profile that it would have to load first": [`${CONTEXT}.appArmorProfile.type`, "Localhost"],
            "the same by annotation": [`${ANNOTATIONS}["${LEGACY}/apparmor-loader"]`, "localhost/wikifunctions-evaluator"],
        },
    },
);
