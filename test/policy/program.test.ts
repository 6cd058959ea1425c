import assert from "node:assert/strict";
import { rules } from "../../policy/rules/index";
import { KNOWN_KINDS } from "../../policy/model/kinds";
import { stackOf } from "../../policy/model/stack";
import { postureOf } from "../../policy/posture/files";
import { resourcesOf } from "./stacks";
import { changed, STACKS, valuesOf, type StackName, type Values } from "../unit/support/stacks";

/** The first run loads the SDK. */
const TIMEOUT_MS = 60_000;

/** What the rules find in the program, as `rule: path`. */
async function judged(name: StackName, values: Values): Promise<string[]> {
    const resources = await resourcesOf(name, values);
    assert.deepEqual(resources.filter(({ type, provider }) => KNOWN_KINDS.has(type) && provider === undefined), []);
    const posture = postureOf(name);
    const stack = stackOf(resources);
    return rules.flatMap((rule) => (rule.scope === "stack" ? rule.check(stack, posture) : resources.flatMap((resource) => rule.check(resource, posture)))
        .map(({ path, is, must }) => `${rule.name}: ${path} is ${is}; it must be ${must}`));
}

describe("policy: the program of this repository", () => {
    for (const name of STACKS) {
        it(`is accepted by every rule as stack ${name}`, async () => {
            assert.deepEqual(await judged(name, valuesOf(name)), []);
        }).timeout(TIMEOUT_MS);

        it(`is refused as stack ${name} once its config asks for more than is approved`, async () => {
            const [violation, ...others] = await judged(name, changed(valuesOf(name), "quota.pods", 500));
            assert.match(violation ?? "", /^approved-objects: spec\.hard\.pods is "500"; it must be from 0 to "\d+", as approved$/);
            assert.deepEqual(others, []);
        }).timeout(TIMEOUT_MS);
    }
});
