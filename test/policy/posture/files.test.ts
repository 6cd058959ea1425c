import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { mock } from "node:test";
import type { Value } from "../../../policy/model/resource";
import { filesOf, parsePosture, postureOf } from "../../../policy/posture/files";
import type { PostureFile } from "../../../policy/posture/posture";
import { keysOf, set } from "../harness";

const FOLDER = path.resolve(__dirname, "../../../policy/postures");
const STACKS = fs.readdirSync(FOLDER).filter((file) => file.endsWith(".json") && file !== "schema.json").map((file) => file.replace(/\.json$/, ""));

/** Names that lead to no file of their own, though there may be one where they point. */
const STRANGERS = ["unheard-of", "schema", "../x", "../postures/production", "./production", "production/../local", "production.json", "Production", "-production", "production\n", " production", "", ".", "..", "__proto__", "/etc/passwd"];

/** By name: one edit of production.json, and the complaint about it. */
const BAD: Readonly<Record<string, readonly [place: string, to: Value, complaint: RegExp]>> = {
    "no clusters": ["clusters", undefined, /posture must have required property 'clusters'/],
    "an unknown key": ["allowPrivileged", true, /posture must NOT have additional properties/],
    "a cluster without a context": ["clusters[0].context", undefined, /posture\/clusters\/0 must have required property 'context'/],
    "an unknown key of a cluster": ["clusters[0].kubeconfig", "/etc/x", /posture\/clusters\/0 must NOT have additional properties/],
    "a namespace that is none": ["namespace", "Wiki Functions", /posture\/namespace must match pattern/],
    "an image in place of a repository": ["imageRepositories[0]", "registry.example.org/a/b@sha256:c", /posture\/imageRepositories\/0 must match pattern/],
    "a runtime of a service that can't be a Deployment's name": ["minRuntimeClasses.Orchestrator", "gvisor", /posture\/minRuntimeClasses property name must be valid/],
    "a runtime that is none": ["minRuntimeClasses.orchestrator", "", /posture\/minRuntimeClasses\/orchestrator must match pattern/],
    "a party that is everybody": ["parties.dns.podSelector", {}, /posture\/parties\/dns\/podSelector must NOT have fewer than 1 properties/],
    "a switch that is a text": ["requireDigests", "false", /posture\/requireDigests must be boolean/],
    "a list in place of an object": ["parties", [], /posture\/parties must be object/],
    "approved objects, which stand elsewhere": ["objects", [], /posture must NOT have additional properties/],
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
            const { waivers, ...file } = JSON.parse(fs.readFileSync(path.join(FOLDER, `${stack}.json`), "utf8")) as PostureFile;
            const { objects, services, edges, surroundings, ...rest } = postureOf(stack);
            assert.deepEqual({ ...rest, waivers: rest.waivers.length }, { ...file, waivers: waivers.length });
            assert.deepEqual(surroundings, {});
            assert.deepEqual([objects.length > 0, Object.keys(services).length > 0, edges.length > 0], Array(3).fill(stack !== "strictest"));
        }
    });

    for (const name of STRANGERS) {
        it(`is the strictest one for ${JSON.stringify(name)}`, () => {
            assert.deepEqual(postureOf(name), postureOf("strictest"));
        });
    }

    it("has files of the stack's name, whether they are there or not", () => {
        const files = (stack: string, exist: boolean) => ({ posture: `policy/postures/${stack}.json`, approved: `policy/approved/${stack}.yaml`, exist: { posture: exist, approved: exist } });
        assert.deepEqual([filesOf("production"), filesOf("unheard-of")], [files("production", true), files("unheard-of", false)]);
    });

    for (const name of STRANGERS.slice(1)) {
        it(`has no files for ${JSON.stringify(name)}, and says what a name has to be`, () => {
            assert.throws(() => filesOf(name), { message: `"${name}" can't have a posture of its own: that takes a name of lower-case letters, digits and hyphens, other than schema.` });
        });
    }

    it("names its file where that is no JSON", () => {
        pretend("{ \"clusters\": [");
        assert.throws(() => postureOf("production"), /policy\/postures\/production\.json: .*JSON/);
    });

    it("approves nothing where it is the strictest one", () => {
        const { clusters, objects, services, parties, edges, imageRepositories, requireDigests } = postureOf("strictest");
        assert.deepEqual([clusters, objects, services, parties, edges, imageRepositories, requireDigests], [[], [], {}, {}, [], [], true]);
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

    it("is told all that is wrong with it at once, and that in order where it follows the schema", () => {
        const file = JSON.parse(fs.readFileSync(path.join(FOLDER, "production.json"), "utf8")) as Record<string, unknown>;
        assert.throws(() => parsePosture("x.json", { ...file, requireDigests: "no", parties: [] }), /^Error: policy\/postures\/x\.json: (?=.*posture\/parties must be object)(?=.*posture\/requireDigests must be boolean)/);
        const wide = (cidr: string) => ({ cidr });
        assert.throws(() => parsePosture("x.json", { ...file, parties: { a: wide("0.0.0.0/0"), b: wide("::/0") } }), /parties\.a\.cidr must be [^;]*; parties\.b\.cidr must be /);
    });
});
