import { noLifecycleExec } from "../../../policy/rules/no-lifecycle-exec";
import { evaluator, loader } from "../fixtures";
import { CONTAINER, judge } from "../harness";

judge(
    noLifecycleExec,
    {
        good: evaluator,
        blocks: {
            "a command after the start": [`${CONTAINER}.lifecycle.postStart.exec`, { command: ["sh"] }],
            "a command before the stop": [`${CONTAINER}.lifecycle.preStop.exec`, { command: ["sh"] }],
            "a first probe by command": [`${CONTAINER}.startupProbe.exec`, { command: ["sh"] }],
            "a probe of readiness by command": [`${CONTAINER}.readinessProbe.exec`, { command: ["sh"] }],
            "a probe by command": [`${CONTAINER}.livenessProbe.exec`, { command: ["sh"] }],
        },
    },
    { good: loader, blocks: { "a command after the start": [`${CONTAINER}.lifecycle.postStart.exec`, { command: ["sh"] }] } },
);
