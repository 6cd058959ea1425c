import { UNKNOWN, type Value } from "../../../policy/model/resource";
import { apparmorProfile } from "../../../policy/rules/apparmor-profile";
import { evaluator, loader, resource } from "../fixtures";
import { ANNOTATIONS, CONTAINER, CONTEXT, judge, POD_CONTEXT } from "../harness";

const LEGACY = "container.apparmor.security.beta.kubernetes.io";

/** A Pod is its own template, so that its annotations stand where a Deployment's are misplaced. */
const { metadata, spec } = (evaluator.props["spec"] as unknown as { template: Readonly<Record<string, Record<string, Value>>> }).template as Record<string, Record<string, Value>>;
const pod = resource("kubernetes:core/v1:Pod", "evaluator-python", { apiVersion: "v1", kind: "Pod", metadata: { name: "evaluator-python", namespace: "wikifunctions", ...metadata }, spec });

judge(
    apparmorProfile,
    {
        good: evaluator,
        passes: {
            "the container relying on the pod": [[`${CONTEXT}.appArmorProfile`, undefined]],
            "the field alone": [[ANNOTATIONS, undefined]],
            "annotations about other things": [[`${ANNOTATIONS}["prometheus.io/scrape"]`, "true"], [`metadata.annotations["example.org/owner"]`, "abstract"]],
        },
        blocks: {
            "no confinement": [`${CONTEXT}.appArmorProfile`, { type: "Unconfined" }, `${CONTEXT}.appArmorProfile.type`],
            "the runtime's profile": [`${CONTEXT}.appArmorProfile`, { type: "RuntimeDefault" }, `${CONTEXT}.appArmorProfile.type`],
            "no confinement of the pod, whatever its containers say": [`${POD_CONTEXT}.appArmorProfile`, { type: "Unconfined" }, `${POD_CONTEXT}.appArmorProfile.type`],
            "a profile of others": [`${CONTEXT}.appArmorProfile.localhostProfile`, "docker-default"],
            "a profile of another service": [`${CONTEXT}.appArmorProfile.localhostProfile`, "wikifunctions-orchestrator-0123456789ab"],
            "its profile without a hash": [`${CONTEXT}.appArmorProfile.localhostProfile`, "wikifunctions-evaluator-python"],
            "its profile, but an unknown name": ["metadata.name", UNKNOWN, `${CONTEXT}.appArmorProfile.localhostProfile`],
            "a container whose name is unknown": [`${CONTAINER}.name`, UNKNOWN],
            "an unknown profile": [`${CONTEXT}.appArmorProfile`, UNKNOWN, `${CONTEXT}.appArmorProfile.type`],
            "an annotation that contradicts the field": [`${ANNOTATIONS}["${LEGACY}/evaluator"]`, "unconfined"],
            "an annotation for a container that isn't there": [`${ANNOTATIONS}["${LEGACY}/evaluators"]`, "localhost/wikifunctions-evaluator"],
            "the annotation on the Deployment": [`metadata.annotations["${LEGACY}/evaluator"]`, "localhost/wikifunctions-evaluator"],
            "unknown annotations": [ANNOTATIONS, UNKNOWN, `${ANNOTATIONS}[?]`],
        },
    },
    {
        good: loader,
        passes: {
            "the runtime's profile": [[`${CONTEXT}.appArmorProfile.type`, "RuntimeDefault"]],
            "no confinement by annotation": [[`${ANNOTATIONS}["${LEGACY}/apparmor-loader"]`, "unconfined"]],
            "the runtime's profile by annotation": [[`${ANNOTATIONS}["${LEGACY}/apparmor-loader"]`, "runtime/default"]],
        },
        blocks: {
            "a profile that it would have to load first": [`${CONTEXT}.appArmorProfile.type`, "Localhost"],
            "the same by annotation": [`${ANNOTATIONS}["${LEGACY}/apparmor-loader"]`, "localhost/wikifunctions-evaluator"],
        },
    },
    {
        good: pod,
        blocks: { "an annotation that contradicts the field": [`metadata.annotations["${LEGACY}/evaluator"]`, "unconfined"] },
    },
);
