import { isLoader } from "../posture/loader";
import { describeName } from "../model/message";
import { forPod } from "../model/pod";
import { field } from "../model/read";
import { demand, forbid, oneOf, unsetOr } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const lowPriority: ResourceRule = {
    scope: "resource",
    name: "low-priority",
    measures: ["cpu", "memory"],
    severity: "high",
    needs: "posture",
    description: "Every pod of the sandbox has the approved low priority and never displaces another.",
    rationale: "Code that anybody may write must be the first to go when a node runs short, and never the reason why something else goes.",
    remediation: "Set priorityClassName to the sandbox's class, leave priority out, and preemptionPolicy out or at Never.",
    references: [kubernetes("concepts/scheduling-eviction/pod-priority-preemption/")],
    check: (resource, posture) =>
        forPod(resource, (pod) =>
            // Without the loader no workload can start, so it may not be the first to go.
            isLoader(pod, posture)
                ? []
                : [
                      ...demand(field(pod.spec, "priorityClassName"), `"${posture.priorityClass}"`, oneOf(posture.priorityClass), describeName),
                      ...forbid(field(pod.spec, "priority"), "left out; the class decides"),
                      ...demand(field(pod.spec, "preemptionPolicy"), '"Never" or left out', unsetOr("Never")),
                  ],
        ),
};
