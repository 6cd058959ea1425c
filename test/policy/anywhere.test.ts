import assert from "node:assert/strict";
import { rules } from "../../policy/rules/index";
import { entries, isObject, members } from "../../policy/model/read";
import { UNKNOWN, type Resource, type Value } from "../../policy/model/resource";
import { policiesOf } from "../../policy/pack";
import type { ResourceRule } from "../../policy/rules/rule";
import { goodPosture as posture, goodStack } from "./good-stack";
import { change } from "./harness";
import { pick, random } from "./random";
import { analyze, unknownArrayValue, unknownBooleanValue, unknownObjectValue, unknownStringValue, type Sent } from "./sdk";

const GOOD = goodStack.filter(({ type }) => !type.startsWith("pulumi:pulumi:") && !type.startsWith("wikifunctions:"));
const SEED = 20_261_124;
const ROUNDS = 2000;
/** The engine's mark of a secret. */
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
/** What a careless or hostile edit puts in the place of a value. */
const BAD: readonly Value[] = [undefined, null, true, false, 0, 1_000_000, "", "Unconfined", "evil.example.org/image:1", [], ["SYS_ADMIN"], {}, { hostPath: { path: "/" } }];

const policies = policiesOf(rules, () => posture);
const resourceRules = rules.filter((rule): rule is ResourceRule => rule.scope === "resource");

/** Every place in the properties: objects, lists and what is in them. */
function placesIn(value: Value, path = ""): { readonly path: string; readonly value: Value }[] {
    const inner = Array.isArray(value) ? entries({ path, value }) : isObject(value) ? members({ path, value }) : [];
    return inner.flatMap((at) => [at, ...placesIn(at.value, at.path)]);
}

const PLACES = GOOD.flatMap((resource) => placesIn(resource.props).map((place) => ({ resource, ...place })));

/** What the engine sends in place of a value of that type. */
function markerFor(value: Value): string {
    if (Array.isArray(value)) {
        return unknownArrayValue;
    }
    return isObject(value) ? unknownObjectValue : typeof value === "boolean" ? unknownBooleanValue : unknownStringValue;
}

const refused = (resource: Resource): boolean => resourceRules.some((rule) => rule.check(resource, posture).length > 0);
const matters = (resource: Resource, path: string): boolean => BAD.some((bad) => refused(change(resource, path, bad)));

describe("policy: values at random places", function () {
    this.timeout(300_000);

    it(`that the preview doesn't know: ${String(ROUNDS)} of them block wherever a value could, and none is merely advisory`, async () => {
        const next = random(SEED);
        const missed = new Set<string>();
        const judged = new Map<string, boolean>();
        for (let round = 0; round < ROUNDS; round++) {
            const { resource, path, value } = pick(PLACES, next);
            const found = await analyze(policies, change(resource, path, markerFor(value)) as Sent);
            assert.deepEqual(found.filter(({ mandatory }) => !mandatory), [], `${resource.name} ${path}`);
            const key = `${resource.type} ${resource.name} ${path}`;
            const must = judged.get(key) ?? matters(resource, path);
            judged.set(key, must);
            if (must && found.length === 0) {
                missed.add(key);
            }
        }
        assert.deepEqual([...missed], []);
        assert.ok([...judged.values()].filter(Boolean).length > 100);
    });

    it("that the preview doesn't know, two at once: none hides the other", async () => {
        const next = random(SEED + 1);
        for (let round = 0; round < ROUNDS / 10; round++) {
            const first = pick(PLACES, next);
            const second = pick(PLACES.filter(({ resource }) => resource === first.resource), next);
            const edited = change(change(first.resource, first.path, UNKNOWN), second.path, UNKNOWN);
            const alone = [first, second].some(({ resource, path }) => refused(change(resource, path, UNKNOWN)));
            assert.ok(!alone || refused(edited), `${first.path} and ${second.path}`);
        }
    });

    // Values, not keys: a path has to say where something stands.
    it(`that are secret: none of ${String(ROUNDS)} is repeated in a message`, async () => {
        const next = random(SEED + 2);
        let spoke = 0;
        for (let round = 0; round < ROUNDS; round++) {
            const { resource, path } = pick(PLACES, next);
            const text = `hunter2-${String(round)}`;
            const secret = { ...SECRET, value: pick<unknown>([text, `registry.example.org/${text}:1`, [text], { name: text, other: [text] }], next) } as Value;
            const found = await analyze(policies, change(resource, path, secret) as Sent);
            spoke += found.length === 0 ? 0 : 1;
            assert.ok(!JSON.stringify(found).includes("hunter2"), `${resource.name} ${path}: ${found.map(({ message }) => message).join("\n")}`);
        }
        assert.ok(spoke > ROUNDS / 10);
    });
});
