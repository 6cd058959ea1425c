import { numberIn } from "../model/environment";
import type { Container } from "../model/pod";
import { field } from "../model/read";
import { serviceOf } from "../posture/service";
import { kubernetes } from "./kit/references";
import type { StackRule } from "./rule";

export const timeLimitOrder: StackRule = {
    scope: "stack",
    name: "time-limit-order",
    measures: ["time-limit"],
    severity: "high",
    needs: "posture",
    description: "Every evaluator's time limit is below the orchestrator's.",
    rationale: "An evaluator that outlives its caller computes for nobody, and a caller that gives up first can't tell what happened.",
    remediation: "Lower the evaluator's time limit, or raise the orchestrator's within its approved ceiling.",
    references: [kubernetes("tasks/inject-data-application/define-environment-variable-container/")],
    check: (stack, posture) => {
        const containersOf = (role: string): Container[] => stack.pods.filter((holder) => serviceOf(holder, posture)?.role === role).flatMap(({ containers }) => containers);
        const callers = containersOf("orchestrator").map((container) => numberIn(container, "ORCHESTRATOR_TIMEOUT_MS"));
        return containersOf("evaluator").flatMap((container) => {
            const limit = numberIn(container, "FUNCTION_EVALUATOR_TIMEOUT_MS");
            // A limit that can't be read is above and below nothing; without a caller there is nothing to be below.
            const isBelow = callers.length > 0 && callers.every((caller) => limit !== undefined && caller !== undefined && limit < caller);
            return isBelow ? [] : [{
                resource: container.pod.resource,
                path: field(container, "env").path,
                is: limit === undefined ? "without a readable FUNCTION_EVALUATOR_TIMEOUT_MS" : `a time limit of ${words(limit)}`,
                must: `below the orchestrator's, ${callers.length === 0 ? "which is missing" : callers.map(words).join(" and ")}`,
            }];
        });
    },
};

function words(milliseconds: bigint | undefined): string {
    return milliseconds === undefined ? "which can't be read" : `${String(milliseconds)} ms`;
}
