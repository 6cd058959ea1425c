import { isLoader } from "../posture/loader";
import { describeName } from "../model/message";
import { forPod, type PodHolder } from "../model/pod";
import { field, members } from "../model/read";
import { serviceOf } from "../posture/service";
import type { Posture } from "../posture/posture";
import { demand, isEmpty, oneOf } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

const INSTANCE = "app.kubernetes.io/instance";
const COMPONENT = "app.kubernetes.io/component";

export const knownWorkloads: ResourceRule = {
    scope: "resource",
    name: "known-workloads",
    measures: ["admission", "network"],
    severity: "critical",
    needs: "posture",
    description: "Only the approved services and the profile loader run pods, of one container each, under labels that say which they are.",
    rationale: "A workload that nobody approved has no ceiling, no image and no place in the network that the rules could hold it to, by another's labels a pod gets what the other may do, and what is approved for a service is for one container.",
    remediation: `Remove the workload, or have it approved as a service of the stack's posture; label its pods with ${INSTANCE} (its name) and ${COMPONENT} (its role).`,
    references: [kubernetes("concepts/workloads/"), kubernetes("concepts/overview/working-with-objects/common-labels/")],
    check: (resource, posture) => forPod(resource, (pod) => [...identityOf(pod, posture), ...labelsOf(pod, posture), ...othersIn(pod, posture)]),
};

function identityOf(pod: PodHolder, posture: Posture): Violation[] {
    const known = isLoader(pod, posture) || serviceOf(pod, posture) !== undefined;
    const names = Object.keys(posture.services).join(", ") || "anything approved (which nothing is, in this stack's posture)";
    const must = `a Deployment of ${posture.namespace} named ${names}, or the profile loader`;
    return known ? [] : [{ path: "its identity", is: `a ${pod.kind} of ${describeName(pod.namespace)} named ${describeName(pod.name)}`, must }];
}

/** Network policies go by labels, so that each has to be known, and those that name a service have to name this one. */
function labelsOf(pod: PodHolder, posture: Posture): Violation[] {
    const service = serviceOf(pod, posture);
    const own = service === undefined ? [] : [[INSTANCE, pod.name], [COMPONENT, service.role]] as const;
    return [
        ...own.flatMap(([label, value]) => demand(field(pod.labels, label), describeName(value), oneOf(value), describeName)),
        ...members(pod.labels).flatMap((label) => demand(label, "a text", (value) => typeof value === "string")),
    ];
}

/** A container more has the ceilings once more. */
function othersIn(pod: PodHolder, posture: Posture): Violation[] {
    return serviceOf(pod, posture) === undefined ? [] : [
        ...demand(field(pod.spec, "containers"), "a list of one", (value) => Array.isArray(value) && value.length === 1),
        ...["initContainers", "ephemeralContainers"].flatMap((sort) => demand(field(pod.spec, sort), "left out", isEmpty)),
    ];
}
