import { isLoader } from "../model/loader";
import { forPod } from "../model/pod";
import { serviceOf } from "../model/service";
import { subject } from "../model/message";
import { kubernetes } from "./references";
import type { ResourceRule } from "./rule";

export const knownWorkloads: ResourceRule = {
    scope: "resource",
    name: "known-workloads",
    measures: ["admission"],
    severity: "critical",
    description: "Only the approved services and the profile loader run pods.",
    rationale: "A workload that nobody approved has no ceiling, no image and no place in the network that the rules could hold it to.",
    remediation: "Remove the workload, or have it approved as a service of the stack's posture.",
    references: [kubernetes("concepts/workloads/")],
    check: (resource, posture) =>
        forPod(resource, (pod) =>
            isLoader(pod, posture) || serviceOf(pod, posture) !== undefined
                ? []
                : [{ path: "its identity", is: subject(resource), must: `a Deployment of ${posture.namespace} named ${Object.keys(posture.services).join(", ")}, or the profile loader` }],
        ),
};
