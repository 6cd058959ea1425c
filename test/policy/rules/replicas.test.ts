import assert from "node:assert/strict";
import { UNKNOWN, type Value } from "../../../policy/model/resource";
import type { Posture } from "../../../policy/posture/posture";
import { replicas } from "../../../policy/rules/replicas";
import { evaluator, loader, posture } from "../fixtures";
import { change, judge } from "../harness";

judge(
    replicas,
    {
        good: evaluator,
        passes: { "as many as are approved": [["spec.replicas", 4]], "none": [["spec.replicas", 0]], "as many more during an update": [["spec.strategy.rollingUpdate.maxSurge", 4]], "twice as many during an update": [["spec.strategy.rollingUpdate.maxSurge", "100%"]], "a tenth more": [["spec.strategy.rollingUpdate.maxSurge", "9%"]], "a quarter more": [["spec.strategy.rollingUpdate.maxSurge", "25%"]] },
        blocks: {
            "one too many": ["spec.replicas", 5],
            "no number stated": ["spec.replicas", undefined],
            "many more during an update": ["spec.strategy.rollingUpdate.maxSurge", 5],
            "three times as many during an update": ["spec.strategy.rollingUpdate.maxSurge", "200%"],
            "a share that is none": ["spec.strategy.rollingUpdate.maxSurge", "4"],
            "a share in other words": ["spec.strategy.rollingUpdate.maxSurge", "x10%"],
            "a share with more behind it": ["spec.strategy.rollingUpdate.maxSurge", "10%0"],
            "an unknown surge": ["spec.strategy.rollingUpdate.maxSurge", UNKNOWN],
            "a number as text": ["spec.replicas", "1"],
            "a fraction": ["spec.replicas", 1.5],
            "a number below zero": ["spec.replicas", -1],
            "an unknown number": ["spec.replicas", UNKNOWN],
        },
    },
    { good: loader, blocks: {} },
    {
        good: change(evaluator, "spec.replicas", 0),
        posture: { services: { ...posture.services, "evaluator-python": { ...posture.services["evaluator-python"], ceilings: { cpu: "1", memory: "1Gi", ephemeralStorage: "1Gi", timeoutMs: 1, replicas: 0 } } } } as Partial<Posture>,
        passes: { "one pod during an update": [["spec.strategy.rollingUpdate.maxSurge", 1]] },
        blocks: { "two pods during an update": ["spec.strategy.rollingUpdate.maxSurge", 2] },
    },
);

describe("policy: replicas, by waiver", () => {
    it("lets only the number above the ceiling be waived", () => {
        const floors = ([5, UNKNOWN, undefined] as Value[]).map((count) => replicas.check(change(evaluator, "spec.replicas", count), posture)[0]?.floor === true);
        assert.deepEqual(floors, [false, true, true]);
    });
});
