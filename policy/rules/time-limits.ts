import { forPod, type Container } from "../model/pod";
import { entries, field, type Field } from "../model/read";
import type { Value } from "../model/resource";
import { serviceOf } from "../posture/service";
import { demand, forbid, isEmpty, onFloor } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

/** The variable that a service reads its time limit from, in milliseconds. */
const VARIABLES = { orchestrator: "ORCHESTRATOR_TIMEOUT_MS", evaluator: "FUNCTION_EVALUATOR_TIMEOUT_MS" } as const;

export const timeLimits: ResourceRule = {
    scope: "resource",
    name: "time-limits",
    measures: ["time-limit"],
    severity: "high",
    needs: "posture",
    waivable: true,
    description: "Orchestrator and evaluators have a time limit that is written out, readable, and within the approved ceiling.",
    rationale: "Without a limit one endless function holds an executor for ever, and a few of them hold the service.",
    remediation: "Write the time limit as one plain environment variable in whole milliseconds, once, and no higher than the posture's ceiling.",
    references: [kubernetes("tasks/inject-data-application/define-environment-variable-container/")],
    check: (resource, posture) =>
        forPod(resource, (pod) => {
            const service = serviceOf(pod, posture);
            return service === undefined ? [] : pod.containers.flatMap((container) => limitOf(container, VARIABLES[service.role], service.ceilings.timeoutMs));
        }),
};

function limitOf(container: Container, variable: string, ceiling: number): Violation[] {
    const all = entries(field(container, "env"));
    const limits = all.filter((entry) => field(entry, "name").value === variable);
    const list = field(container, "env");
    const only = limits.length === 1 ? [] : [{ path: list.path, is: `with ${String(limits.length)} entries for ${variable}`, must: `a list with exactly one entry for ${variable}` }];
    return [
        ...onFloor([
            ...only,
            ...all.flatMap((entry) => demand(field(entry, "name"), "a known name, so that no later entry replaces the limit", (name) => typeof name === "string", () => "not readable")),
            ...demand(field(container, "envFrom"), "left out, because it may bring another limit along", isEmpty),
        ]),
        ...limits.flatMap((limit) => bounded(limit, ceiling)),
    ];
}

function bounded(limit: Field, ceiling: number): Violation[] {
    const value = field(limit, "value");
    const tooLong = demand(value, `a text of whole milliseconds from 1 to ${String(ceiling)}`, (text) => isTime(text) && Number(text) <= ceiling);
    return [
        ...onFloor(forbid(field(limit, "valueFrom"), "left out; the limit is written out")),
        ...(isTime(value.value) ? tooLong : onFloor(tooLong)),
    ];
}

function isTime(value: Value): boolean {
    return typeof value === "string" && /^[1-9]\d{0,8}$/.test(value);
}
