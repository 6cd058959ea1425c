import type { PodHolder } from "../model/pod";
import { entries, field } from "../model/read";
import { serviceOf } from "../model/service";
import { kubernetes } from "./references";
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
        const limits = stack.pods.map((holder) => ({ holder, role: serviceOf(holder, posture)?.role }));
        const orchestrators = limits.filter(({ role }) => role === "orchestrator").map(({ holder }) => limitOf(holder, "ORCHESTRATOR_TIMEOUT_MS"));
        const least = Math.min(...orchestrators);
        return limits.filter(({ role }) => role === "evaluator").flatMap(({ holder }) => {
            const limit = limitOf(holder, "FUNCTION_EVALUATOR_TIMEOUT_MS");
            // Not `limit >= least`: what can't be read is no number, and has to be refused too.
            return limit < least ? [] : [{
                resource: holder.resource,
                path: "the time limit in FUNCTION_EVALUATOR_TIMEOUT_MS",
                is: Number.isNaN(limit) ? "not readable" : `${String(limit)} ms`,
                must: Number.isFinite(least) ? `less than the orchestrator's, ${String(least)} ms` : "less than the orchestrator's, which can't be read",
            }];
        });
    },
};

/** Milliseconds; not a number where it can't be read. */
function limitOf({ containers }: PodHolder, variable: string): number {
    const values = containers.flatMap((container) => entries(field(container, "env"))).filter((entry) => field(entry, "name").value === variable).map((entry) => field(entry, "value").value);
    return values.length === 1 && typeof values[0] === "string" && /^\d+$/.test(values[0]) ? Number(values[0]) : Number.NaN;
}
