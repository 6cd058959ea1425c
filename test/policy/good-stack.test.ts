import assert from "node:assert/strict";
import { rules } from "../../policy/rules/index";
import { stackOf } from "../../policy/model/stack";
import { goodPosture, goodStack } from "./good-stack";

describe("policy: a whole good stack", () => {
    for (const rule of rules) {
        it(`is accepted by ${rule.name}`, () => {
            const violations = rule.scope === "stack" ? rule.check(stackOf(goodStack), goodPosture) : goodStack.flatMap((resource) => rule.check(resource, goodPosture));
            assert.deepEqual(violations, []);
        });
    }
});
