import { isLoader } from "../posture/loader";
import { plainName, profileOf } from "../model/apparmor/name";
import { describeName } from "../model/message";
import { effective, forEachContainer, forPod, type Container, type PodHolder } from "../model/pod";
import { type Field, field, fieldOf, members } from "../model/read";
import type { Value } from "../model/resource";
import { demand, forbid, oneOf, unsetOr } from "./kit/demand";
import { cis, kubernetes, POD_SECURITY_BASELINE } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

/** What the loader may run under. */
const LOADERS = ["Unconfined", "RuntimeDefault"];
const LEGACY = "container.apparmor.security.beta.kubernetes.io/";

export const apparmorProfile: ResourceRule = {
    scope: "resource",
    name: "apparmor-profile",
    measures: ["apparmor"],
    severity: "critical",
    needs: "posture",
    description: "Every container runs under the AppArmor profile of its own service, and the older annotation agrees with the field.",
    rationale: "The runtime's default profile, or none, lets user code read the node's files that the image shows and talk to whatever it finds.",
    remediation: "Set securityContext.appArmorProfile to { type: Localhost, localhostProfile: wikifunctions-<service>-<hash> }; put the annotation on the pod template, with the same profile, or leave it out.",
    references: [kubernetes("tutorials/security/apparmor/"), POD_SECURITY_BASELINE, cis("5.7.3")],
    check: (resource, posture) => [
        ...forPod(resource, (pod) => [...misplaced(pod), ...orphaned(pod), ...ofPod(pod, isLoader(pod, posture) ? LOADERS : ["Localhost"])]),
        ...forEachContainer(resource, (container) => [
            ...demand(field(container, "name"), "a name, by which the annotation finds the container", (name) => typeof name === "string"),
            ...(isLoader(container.pod, posture) ? byLoader(container) : byProfile(container)),
        ]),
    ],
};

function annotationsOf(annotations: Field): ReturnType<typeof members> {
    return members(annotations).filter(({ key }) => key.startsWith(LEGACY) || key === "?");
}

function misplaced({ resource, templatePath }: PodHolder): Violation[] {
    const own = templatePath === "" ? [] : annotationsOf(fieldOf(resource.props, "metadata", "annotations"));
    return own.flatMap((annotation) => forbid(annotation, "on the pod template; on the workload itself nobody reads it"));
}

function orphaned({ annotations, containers }: PodHolder): Violation[] {
    const names = containers.map((container) => field(container, "name").value);
    return annotationsOf(annotations).flatMap((annotation) => demand(annotation, "about a container of the pod", () => names.includes(annotation.key.slice(LEGACY.length))));
}

/** Said on the pod, it is what any container without words of its own gets, one that is added later included. */
function ofPod({ spec }: PodHolder, allowed: readonly string[]): Violation[] {
    return demand(field(spec, "securityContext", "appArmorProfile", "type"), `${allowed.join(", ")} or left out`, unsetOr(...allowed));
}

/** The field decides where both are given, but nodes older than 1.30 know the annotation only. */
function byProfile(container: Container): Violation[] {
    const profile = effective(container, "appArmorProfile");
    const name = field(profile, "localhostProfile");
    return [
        ...demand(field(profile, "type"), "Localhost, here or on the pod", oneOf("Localhost")),
        ...demand(name, "the name of this service's profile, with its hash", (value) => isOf(container.pod, value), describeName),
        ...demand(annotationOf(container), "the field's profile after localhost/, or left out", unsetOr(`localhost/${String(name.value)}`)),
    ];
}

/** The loader can't run under what it has yet to load, and the runtime's own profile denies writing to the kernel's list of profiles. */
function byLoader(container: Container): Violation[] {
    return [
        ...demand(field(effective(container, "appArmorProfile"), "type"), `${LOADERS.join(", ")} or left out`, unsetOr(...LOADERS)),
        ...demand(annotationOf(container), "unconfined, runtime/default or left out", unsetOr("unconfined", "runtime/default")),
    ];
}

function annotationOf(container: Container): Field {
    return field(container.pod.annotations, `${LEGACY}${String(field(container, "name").value)}`);
}

/** Another service's profile may allow what this one's doesn't. */
function isOf({ name }: PodHolder, profile: Value): boolean {
    return typeof name === "string" && typeof profile === "string" && plainName(profile) === profileOf(name);
}
