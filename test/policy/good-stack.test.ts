import assert from "node:assert/strict";
import { rules } from "../../policy/rules/index";
import { stackOf } from "../../policy/model/stack";
import { posture } from "./fixtures";
import { goodStack } from "./good-stack";

describe("policy: a whole good stack", () => {
    for (const rule of rules) {
        it(`is accepted by ${rule.name}`, () => {
            const violations = rule.scope === "stack" ? rule.check(stackOf(goodStack), posture) : goodStack.flatMap((resource) => rule.check(resource, posture));
            assert.deepEqual(violations, []);
        });
    }
});
