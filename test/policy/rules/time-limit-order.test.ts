import assert from "node:assert/strict";
import { UNKNOWN, type Resource, type Value } from "../../../policy/model/resource";
import { stackOf } from "../../../policy/model/stack";
import { timeLimitOrder } from "../../../policy/rules/time-limit-order";
import { posture } from "../fixtures";
import { evaluator, goodStack, orchestrator } from "../good-stack";
import { add, change, CONTAINER, edit, judgeStack, POD, remove } from "../harness";

const ENV = `${CONTAINER}.env`;
const LIMIT = `${ENV}[0]`;
const second = { ...change(evaluator, "metadata.name", "evaluator-lua"), urn: `${evaluator.urn}-2` };
const lua = { role: "evaluator", image: "registry.example.org/lua", ceilings: { cpu: "1", memory: "1Gi", ephemeralStorage: "1Gi", timeoutMs: 9000, replicas: 1 } } as const;
const caller = { role: "orchestrator", image: "registry.example.org/orchestrator", ceilings: lua.ceilings } as const;

describe("policy: time-limit-order, in words", () => {
    const said = (edited: Resource, value: Value) => {
        const [violation] = timeLimitOrder.check(stackOf(edit(edited, `${LIMIT}.value`, value)(goodStack)), posture);
        return [violation?.is, violation?.must];
    };

    it("says both limits, or which of them can't be read", () => {
        assert.deepEqual(said(evaluator, "10000"), ["a time limit of 10000 ms", "below the orchestrator's, 9700 ms"]);
        assert.deepEqual(said(evaluator, "soon"), ["without a readable FUNCTION_EVALUATOR_TIMEOUT_MS", "below the orchestrator's, 9700 ms"]);
        assert.deepEqual(said(orchestrator, "soon"), ["a time limit of 9000 ms", "below the orchestrator's, which can't be read"]);
    });
});

judgeStack(
    timeLimitOrder,
    {
        good: goodStack,
        passes: {
            "a limit just below": [edit(evaluator, `${LIMIT}.value`, "9699")],
            "a far lower limit, which as a text sorts higher": [edit(evaluator, `${LIMIT}.value`, "98")],
            "a value of null beside one that is no variable of ours": [edit(evaluator, `${ENV}[3]`, { name: "OTHER", value: null })],
            "no evaluators": [remove(evaluator, orchestrator)],
        },
        blocks: {
            "equal limits": [[edit(evaluator, `${LIMIT}.value`, "9700")], ENV, evaluator],
            "an evaluator that outlives its caller": [[edit(evaluator, `${LIMIT}.value`, "10000")], ENV, evaluator],
            "an orchestrator that gives up first": [[edit(orchestrator, `${LIMIT}.value`, "9000")], ENV, evaluator],
            "no limit of the evaluator": [[edit(evaluator, LIMIT, { name: "OTHER", value: "1" })], ENV, evaluator],
            "no limit of the orchestrator": [[edit(orchestrator, ENV, undefined)], ENV, evaluator],
            "no orchestrator": [[remove(orchestrator)], ENV, evaluator],
            "an orchestrator in an unknown namespace": [[edit(orchestrator, "metadata.namespace", UNKNOWN)], ENV, evaluator],
            "an unknown limit of the evaluator": [[edit(evaluator, `${LIMIT}.value`, UNKNOWN)], ENV, evaluator],
            "an unknown limit of the orchestrator": [[edit(orchestrator, `${LIMIT}.value`, UNKNOWN)], ENV, evaluator],
            "a limit that is a number": [[edit(evaluator, `${LIMIT}.value`, 9000)], ENV, evaluator],
            "a limit of null": [[edit(evaluator, `${LIMIT}.value`, null)], ENV, evaluator],
            "a limit with a unit": [[edit(evaluator, `${LIMIT}.value`, "9s")], ENV, evaluator],
            "a limit in scientific notation": [[edit(orchestrator, `${LIMIT}.value`, "1e9")], ENV, evaluator],
            "a limit of nothing, which is none": [[edit(evaluator, `${LIMIT}.value`, "0")], ENV, evaluator],
            "a limit that comes from elsewhere": [[edit(evaluator, `${LIMIT}.valueFrom`, { configMapKeyRef: { name: "c", key: "k" } })], ENV, evaluator],
            "a second limit of the evaluator": [[edit(evaluator, `${ENV}[3]`, { name: "FUNCTION_EVALUATOR_TIMEOUT_MS", value: "99999" })], ENV, evaluator],
            "a variable whose name is unknown": [[edit(evaluator, `${ENV}[3]`, { name: UNKNOWN, value: "99999" })], ENV, evaluator],
            "an unknown variable of the orchestrator": [[edit(orchestrator, `${ENV}[1]`, UNKNOWN)], ENV, evaluator],
            "an environment that isn't a list": [[edit(evaluator, ENV, { FUNCTION_EVALUATOR_TIMEOUT_MS: "9000" })], ENV, evaluator],
            "a variable of another case": [[edit(evaluator, `${LIMIT}.name`, "function_evaluator_timeout_ms")], ENV, evaluator],
            "a second container with a longer limit": [[edit(evaluator, `${POD}.containers[1]`, { name: "two", env: [{ name: "FUNCTION_EVALUATOR_TIMEOUT_MS", value: "99999" }] })], `${POD}.containers[1].env`, evaluator],
            "an init container of the orchestrator with a shorter limit": [[edit(orchestrator, `${POD}.initContainers`, [{ name: "two", env: [{ name: "ORCHESTRATOR_TIMEOUT_MS", value: "1" }] }])], ENV, evaluator],
        },
    },
    {
        good: goodStack,
        posture: { services: { orchestrator: caller, "evaluator-python": lua, "evaluator-lua": lua } },
        blocks: {
            "a second evaluator that outlives the caller": [[add(change(second, `${LIMIT}.value`, "9800"))], ENV, second],
        },
    },
    {
        good: goodStack,
        posture: { services: { orchestrator: caller, "orchestrator-canary": caller, "evaluator-python": lua } },
        blocks: {
            "a second orchestrator that gives up first": [[add({ ...change(change(orchestrator, "metadata.name", "orchestrator-canary"), `${LIMIT}.value`, "5000"), urn: `${orchestrator.urn}-2` })], ENV, evaluator],
        },
    },
);
