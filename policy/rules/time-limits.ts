import { forPod, type Container } from "../model/pod";
import { entries, field, type Field } from "../model/read";
import type { Value } from "../model/resource";
import { serviceOf } from "../posture/service";
import { demand, forbid, isEmpty } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

/** Milliseconds; several times what a call may take. What is approved is less. */
const LONGEST = 60_000;

/** The variable that a service reads its time limit from, in milliseconds. */
const VARIABLES = { orchestrator: "ORCHESTRATOR_TIMEOUT_MS", evaluator: "FUNCTION_EVALUATOR_TIMEOUT_MS" } as const;

export const timeLimits: ResourceRule = {
    scope: "resource",
    name: "time-limits",
    measures: ["time-limit"],
    severity: "high",
    needs: "posture",
    description: "Orchestrator and evaluators have a time limit that is written out, readable, and of a minute at most.",
    rationale: "Without a limit one endless function holds an executor for ever, and a few of them hold the service.",
    remediation: "Write the time limit as one plain environment variable in whole milliseconds, once, and no higher than a minute.",
    references: [kubernetes("tasks/inject-data-application/define-environment-variable-container/")],
    check: (resource, posture) =>
        forPod(resource, (pod) => {
            const service = serviceOf(pod, posture);
            return service === undefined ? [] : pod.containers.flatMap((container) => limitOf(container, VARIABLES[service.role]));
        }),
};

function limitOf(container: Container, variable: string): Violation[] {
    const all = entries(field(container, "env"));
    const limits = all.filter((entry) => field(entry, "name").value === variable);
    const list = field(container, "env");
    const only = limits.length === 1 ? [] : [{ path: list.path, is: `with ${String(limits.length)} entries for ${variable}`, must: `a list with exactly one entry for ${variable}` }];
    return [
        ...only,
        ...all.flatMap((entry) => demand(field(entry, "name"), "a known name, so that no later entry replaces the limit", (name) => typeof name === "string", () => "not readable")),
        ...demand(field(container, "envFrom"), "left out, because it may bring another limit along", isEmpty),
        ...limits.flatMap((limit) => bounded(limit)),
    ];
}

function bounded(limit: Field): Violation[] {
    return [
        ...demand(field(limit, "value"), `a text of whole milliseconds from 1 to ${String(LONGEST)}`, (text) => isTime(text) && Number(text) <= LONGEST),
        ...forbid(field(limit, "valueFrom"), "left out; the limit is written out"),
    ];
}

function isTime(value: Value): boolean {
    return typeof value === "string" && /^[1-9]\d{0,8}$/.test(value);
}
