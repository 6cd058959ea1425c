import { forPod } from "../model/pod";
import { field } from "../model/read";
import { serviceOf } from "../model/service";
import { demand, integerIn, onFloor } from "./demand";
import { kubernetes } from "./references";
import type { ResourceRule } from "./rule";

const isCount = integerIn(0, Number.MAX_SAFE_INTEGER);

export const replicas: ResourceRule = {
    scope: "resource",
    name: "replicas",
    measures: ["cpu", "memory"],
    severity: "medium",
    needs: "posture",
    waivable: true,
    description: "Every service has a stated number of replicas, no higher than what is approved.",
    rationale: "Limits hold one pod; more pods of a service take what other workloads on the nodes need.",
    remediation: "Set spec.replicas to a whole number no higher than the posture's ceiling.",
    references: [kubernetes("concepts/workloads/controllers/deployment/#replicas")],
    check: (resource, posture) =>
        forPod(resource, (pod) => {
            const service = serviceOf(pod, posture);
            if (service === undefined) {
                return [];
            }
            const count = field({ path: "", value: resource.props }, "spec", "replicas");
            const most = service.ceilings.replicas;
            const wrong = demand(count, `a whole number from 0 to ${String(most)}`, integerIn(0, most));
            return isCount(count.value) ? wrong : onFloor(wrong);
        }),
};
