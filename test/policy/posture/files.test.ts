import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { mock } from "node:test";
import { parseQuantity } from "../../../policy/model/quantity";
import type { Value } from "../../../policy/model/resource";
import { postureOf } from "../../../policy/posture/posture";
import { keysOf, set } from "../harness";

const FOLDER = path.resolve(__dirname, "../../../policy/postures");
const STACKS = fs.readdirSync(FOLDER).filter((file) => file.endsWith(".json") && file !== "schema.json").map((file) => file.replace(/\.json$/, ""));

/** Names that lead to no file of their own, though there may be one where they point. */
const STRANGERS = ["unheard-of", "schema", "../x", "../postures/production", "./production", "production/../local", "production.json", "Production", "-production", "production\n", " production", "", ".", "..", "__proto__", "/etc/passwd"];

/** By name: one edit of production.json, and the complaint about it. */
const BAD: Readonly<Record<string, readonly [place: string, to: Value, complaint: RegExp]>> = {
    "no quota": ["quota", undefined, /posture must have required property 'quota'/],
    "an unknown key": ["allowPrivileged", true, /posture must NOT have additional properties/],
    "a quantity that is a number": ["quota.cpu", 80, /posture\/quota\/cpu must be string/],
    "a quantity that can't be read": ["quota.memory", "32GB", /posture\/quota\/memory must match pattern/],
    "a quantity below nothing": ["limitRange.pod.cpu", "-1", /posture\/limitRange\/pod\/cpu must match pattern/],
    "half a pod": ["quota.pods", 0.5, /posture\/quota\/pods must be integer/],
    "an unknown role": ["services.orchestrator.role", "admin", /posture\/services\/orchestrator\/role must be equal to one of the allowed values/],
    "a service without ceilings": ["services.orchestrator.ceilings", undefined, /posture\/services\/orchestrator must have required property 'ceilings'/],
    "an unknown ceiling": ["services.orchestrator.ceilings.gpu", "1", /posture\/services\/orchestrator\/ceilings must NOT have additional properties/],
    "a time limit of nothing": ["services.orchestrator.ceilings.timeoutMs", 0, /posture\/services\/orchestrator\/ceilings\/timeoutMs must be >= 1/],
    "an overcommitment below one": ["services.evaluator-python.memoryOvercommit", 0.5, /posture\/services\/evaluator-python\/memoryOvercommit must be >= 1/],
    "an image with its tag": ["services.orchestrator.image", "registry.example.org/a/b@sha256:c", /posture\/services\/orchestrator\/image must match pattern/],
    "a service that can't be a Deployment's name": ["services.Orchestrator", {}, /posture\/services property name must be valid|posture\/services must match pattern/],
    "a port without its protocol": ["edges[0].ports[0]", "6254", /posture\/edges\/0\/ports\/0 must match pattern/],
    "an edge without ports, which would open all": ["edges[0].ports", [], /posture\/edges\/0\/ports must NOT have fewer than 1 items/],
    "a party that is everybody": ["parties.dns.podSelector", {}, /posture\/parties\/dns\/podSelector must NOT have fewer than 1 properties/],
    "a switch that is a text": ["requireDigests", "false", /posture\/requireDigests must be boolean/],
    "a list in place of an object": ["services", [], /posture\/services must be object/],
};

describe("policy: the posture of a stack", () => {
    afterEach(() => {
        mock.restoreAll();
    });

    /** Has production.json say something else. */
    function pretend(text: string): void {
        const { readFileSync } = fs;
        mock.method(fs, "readFileSync", (file: string, encoding: "utf8") => (path.basename(file) === "production.json" ? text : readFileSync(file, encoding)));
    }

    it("stands in its own file, for every stack that has one", () => {
        assert.ok(STACKS.includes("production") && STACKS.includes("strictest"));
        for (const stack of STACKS) {
            const file = JSON.parse(fs.readFileSync(path.join(FOLDER, `${stack}.json`), "utf8")) as { services: object; quota: object };
            const { services, quota } = postureOf(stack);
            assert.deepEqual({ services, quota }, { services: file.services, quota: file.quota });
        }
    });

    for (const name of STRANGERS) {
        it(`is the strictest one for ${JSON.stringify(name)}`, () => {
            assert.deepEqual(postureOf(name), postureOf("strictest"));
        });
    }

    it("approves nothing where it is the strictest one", () => {
        const { services, parties, edges, quota, limitRange, requireDigests, allowSkipAwait } = postureOf("strictest");
        assert.deepEqual([services, parties, edges, requireDigests, allowSkipAwait], [{}, {}, [], true, false]);
        const bounds = [quota, limitRange.container, limitRange.pod].flatMap((amounts) => Object.values(amounts) as Value[]);
        assert.deepEqual(bounds.filter((bound) => parseQuantity(bound) !== 0n), []);
    });

    it("is loose for no stack but the embedded cluster", () => {
        assert.deepEqual(STACKS.filter((stack) => postureOf(stack).allowSkipAwait), ["local"]);
    });

    for (const [name, [place, to, complaint]] of Object.entries(BAD)) {
        it(`is refused with ${name}, naming file and place`, () => {
            const good = JSON.parse(fs.readFileSync(path.join(FOLDER, "production.json"), "utf8")) as Value;
            pretend(JSON.stringify(good));
            assert.doesNotThrow(() => postureOf("production"));
            mock.restoreAll();
            pretend(JSON.stringify(set(good, keysOf(place), to)));
            assert.throws(() => postureOf("production"), (error: Error) => {
                assert.match(error.message, /^policy\/postures\/production\.json: /);
                assert.match(error.message, complaint);
                return true;
            });
        });
    }
});
