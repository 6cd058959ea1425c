import { forPod } from "../model/pod";
import { describeName } from "../model/message";
import { entries, field, type Field } from "../model/read";
import { serviceOf } from "../posture/service";
import { demand, oneOf } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

/** Variables that the services' images read. */
export const VARIABLES = {
    orchestrator: ["WIKI_API_URL", "WIKI_VIRTUAL_HOST", "WIKIDATA_API_URL", "WIKIDATA_VIRTUAL_HOST", "ORCHESTRATOR_TIMEOUT_MS", "ORCHESTRATOR_CONFIG"],
    evaluator: ["FUNCTION_EVALUATOR_TIMEOUT_MS", "EXECUTOR_PROCESS_POOL_SIZE", "EXECUTOR_ROOT", "WASMTIME_FUEL_LIMIT", "WASMTIME_MEMORY_PAGES", "MAX_REQUESTS_PER_ID"],
} as const;

/** Variables of which another value is another program, and the one that they may have. */
const VALUES: Readonly<Record<string, string>> = { EXECUTOR_ROOT: "/srv/executors" };

export const knownEnvironment: ResourceRule = {
    scope: "resource",
    name: "known-environment",
    measures: ["no-privilege-escalation", "time-limit"],
    severity: "high",
    needs: "posture",
    description: "Services have only the environment variables that their images read, and take the programs that run user code from where the image has them.",
    rationale: "Some variables are as good as a command: LD_PRELOAD, NODE_OPTIONS or PATH decide what runs, EXECUTOR_ROOT which executors do, and whatever stands there user code may read.",
    remediation: "Remove the variable, or put its value back to the one that is named; one that an image has learnt to read is added in policy/rules/known-environment.ts.",
    references: [kubernetes("tasks/inject-data-application/define-environment-variable-container/")],
    check: (resource, posture) =>
        forPod(resource, (pod) => {
            const role = serviceOf(pod, posture)?.role;
            if (role === undefined) {
                return [];
            }
            const known = VARIABLES[role];
            return pod.containers.flatMap((container) =>
                entries(field(container, "env")).flatMap((entry) => [
                    ...demand(field(entry, "name"), `one of ${known.join(", ")}`, oneOf(...known), describeName),
                    ...valueOf(entry),
                ]),
            );
        }),
};

function valueOf(entry: Field): Violation[] {
    const name = field(entry, "name").value;
    const only = typeof name === "string" && Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
    return only === undefined ? [] : demand(field(entry, "value"), `"${only}"`, oneOf(only));
}
