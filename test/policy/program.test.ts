import assert from "node:assert/strict";
import { rules } from "../../policy/index";
import { KNOWN_KINDS, PROVIDER_TYPE } from "../../policy/model/kinds";
import type { Resource } from "../../policy/model/resource";
import { stackOf } from "../../policy/model/stack";
import { postureOf } from "../../policy/postures/posture";
import { run, type Registered } from "../unit/support/program";
import { changed, STACKS, valuesOf, type StackName, type Values } from "../unit/support/stacks";

/** The first run loads the SDK. */
const TIMEOUT_MS = 60_000;

/** A resource that the program registers, as the pack sees it. The reference to a provider is its URN and its id. */
function toResource({ urn, type, name, inputs, provider, dependencies }: Registered): Resource {
    const ofProvider = provider.split("::").slice(0, -1).join("::");
    return {
        urn,
        type,
        name,
        props: inputs as Resource["props"],
        options: { protect: false, ignoreChanges: [], deleteBeforeReplace: false },
        ...(ofProvider === "" ? {} : { provider: { urn: ofProvider, type: PROVIDER_TYPE, name: ofProvider.split("::").at(-1) ?? "", props: {} } }),
        dependencies,
    };
}

/** What the rules find in the program, as `rule: path`. */
async function judged(name: StackName, values: Values): Promise<string[]> {
    const resources = (await run(name, values)).map(toResource);
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
            assert.match(violation ?? "", /^resource-quota: spec\.hard\.pods is the text "500"; it must be a quantity from 0 to \d+$/);
            assert.deepEqual(others, []);
        }).timeout(TIMEOUT_MS);
    }
});
