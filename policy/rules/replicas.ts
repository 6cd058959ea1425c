import { forPod } from "../model/pod";
import { field, isUnset, type Field } from "../model/read";
import type { Value } from "../model/resource";
import { serviceOf } from "../posture/service";
import { demand, integerIn, onFloor } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

const isCount = integerIn(0, Number.MAX_SAFE_INTEGER);

export const replicas: ResourceRule = {
    scope: "resource",
    name: "replicas",
    measures: ["cpu", "memory"],
    severity: "medium",
    needs: "posture",
    waivable: true,
    description: "Every service has a stated number of replicas, no higher than what is approved, and as many more at most while it is updated.",
    rationale: "Limits hold one pod; more pods of a service take what other workloads on the nodes need.",
    remediation: "Set spec.replicas to a whole number no higher than the posture's ceiling, and leave maxSurge out.",
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
            return [...(isCount(count.value) ? wrong : onFloor(wrong)), ...surge(field({ path: "", value: resource.props }, "spec", "strategy", "rollingUpdate", "maxSurge"), most)];
        }),
};

/** Pods beyond the replicas, while old ones make way for new ones; without one at least, or a loss, there would be no update. */
function surge(at: Field, replicas: number): Violation[] {
    const most = Math.max(1, replicas);
    const isShare = (value: Value): boolean => typeof value === "string" && /^(\d{1,2}|100)%$/.test(value);
    return demand(at, `a whole number from 0 to ${String(most)}, a share up to "100%", or left out`, (value) => isUnset(value) || isShare(value) || integerIn(0, most)(value));
}
