import { describeName } from "../model/message";
import { forPod } from "../model/pod";
import { field } from "../model/read";
import { serviceOf } from "../posture/service";
import { demand, oneOf } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const runtimeClass: ResourceRule = {
    scope: "resource",
    name: "runtime-class",
    measures: ["gvisor", "kata", "firecracker"],
    severity: "critical",
    needs: "posture",
    waivable: true,
    description: "A service that the posture puts on a sandboxed runtime stays there.",
    rationale: "Once the boundary is a second kernel or a virtual machine, going back to the node's kernel is the largest step down there is. On gVisor neither AppArmor nor seccomp holds for the code inside (docs/gvisor.md): the other rules demand both all the same, for a pod that a node runs without it.",
    remediation: "Set runtimeClassName to the class that the stack's posture names for this service.",
    references: [kubernetes("concepts/containers/runtime-class/")],
    check: (resource, posture) =>
        forPod(resource, (pod) => {
            const demanded = serviceOf(pod, posture)?.minRuntimeClass;
            return demanded === undefined ? [] : demand(field(pod.spec, "runtimeClassName"), `"${demanded}"`, oneOf(demanded), describeName);
        }),
};
