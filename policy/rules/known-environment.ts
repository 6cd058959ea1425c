import { forPod } from "../model/pod";
import { describeName } from "../model/message";
import { entries, field } from "../model/read";
import { serviceOf } from "../model/service";
import { demand, oneOf } from "./demand";
import { kubernetes } from "./references";
import type { ResourceRule } from "./rule";

/** Variables that the services' images read. */
export const VARIABLES = {
    orchestrator: ["WIKI_API_URL", "WIKI_VIRTUAL_HOST", "WIKIDATA_API_URL", "WIKIDATA_VIRTUAL_HOST", "ORCHESTRATOR_TIMEOUT_MS", "ORCHESTRATOR_CONFIG"],
    evaluator: ["FUNCTION_EVALUATOR_TIMEOUT_MS", "EXECUTOR_PROCESS_POOL_SIZE", "EXECUTOR_ROOT", "WASMTIME_FUEL_LIMIT", "WASMTIME_MEMORY_PAGES", "MAX_REQUESTS_PER_ID"],
} as const;

export const knownEnvironment: ResourceRule = {
    scope: "resource",
    name: "known-environment",
    measures: ["no-privilege-escalation", "time-limit"],
    severity: "high",
    needs: "posture",
    description: "Services have only the environment variables that their images read.",
    rationale: "Some variables are as good as a command: LD_PRELOAD, NODE_OPTIONS or PATH decide what runs, and whatever stands there user code may read.",
    remediation: "Remove the variable; one that an image has learnt to read is added in policy/rules/known-environment.ts.",
    references: [kubernetes("tasks/inject-data-application/define-environment-variable-container/")],
    check: (resource, posture) =>
        forPod(resource, (pod) => {
            const role = serviceOf(pod, posture)?.role;
            const known = role === undefined ? [] : VARIABLES[role];
            return role === undefined ? [] : pod.containers.flatMap((container) =>
                entries(field(container, "env")).flatMap((entry) => demand(field(entry, "name"), `one of ${known.join(", ")}`, oneOf(...known), describeName)),
            );
        }),
};
