import assert from "node:assert/strict";
import { UNKNOWN, type Value } from "../../policy/model/resource";
import { replicas } from "../../policy/rules/replicas";
import { evaluator, loader, posture } from "./fixtures";
import { change, judge } from "./harness";

judge(
    replicas,
    {
        good: evaluator,
        passes: { "as many as are approved": [["spec.replicas", 4]], "none": [["spec.replicas", 0]] },
        blocks: {
            "one too many": ["spec.replicas", 5],
            "no number stated": ["spec.replicas", undefined],
            "a number as text": ["spec.replicas", "1"],
            "a fraction": ["spec.replicas", 1.5],
            "a number below zero": ["spec.replicas", -1],
            "an unknown number": ["spec.replicas", UNKNOWN],
        },
    },
    { good: loader, blocks: {} },
);

describe("policy: replicas, by waiver", () => {
    it("lets only the number above the ceiling be waived", () => {
        const floors = ([5, UNKNOWN, undefined] as Value[]).map((count) => replicas.check(change(evaluator, "spec.replicas", count), posture)[0]?.floor === true);
        assert.deepEqual(floors, [false, true, true]);
    });
});
