import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { check } from "./run";

const FOLDER = path.join(__dirname, "cases");

/** Files that another parser reads otherwise than Kubernetes does, and what has to become of each. */
const CASES: Readonly<Record<string, readonly [exitCode: number, says: RegExp]>> = {
    "merge-key-after-own-key.yaml": [2, /:24:9: << behind a key that it brings too: .*; put << first/],
    "unicode-line-breaks.yaml": [2, /:5:\d+: an invisible character that ends the line for Kubernetes .*; remove it/],
    "items-of-any-kind.yaml": [1, /spec\.containers\[0\]\.securityContext\.privileged/],
    "json-back-to-back.yaml": [0, /2 objects/],
    "flow-question-mark.yaml": [2, /:12:\d+: a \? at the start of a text between brackets, which begins a key for Kubernetes; put quotes/],
    "live-service.yaml": [0, /1 object not judged/],
    "tab-before-flow.yaml": [1, /spec\.hostNetwork/],
};

describe("check: files that parsers read otherwise", function () {
    this.timeout(60_000);
    for (const [file, [exitCode, says]] of Object.entries(CASES)) {
        it(`${file}: exit code ${String(exitCode)}`, async () => {
            const result = await check([path.join(FOLDER, file)]);
            assert.equal(result.exitCode, exitCode, result.stdout + result.stderr);
            assert.match(result.stdout + result.stderr, says);
        });
    }

    it("the same texts pass or are judged once they leave no doubt", async () => {
        const text = readFileSync(path.join(FOLDER, "merge-key-after-own-key.yaml"), "utf8");
        const first = text.replace(/\n +<<: \*loose/, "").replace("securityContext:\n", "securityContext:\n        <<: *loose\n");
        assert.equal((await check(["-"], { input: first })).exitCode, 0);
        const breaks = readFileSync(path.join(FOLDER, "unicode-line-breaks.yaml"), "utf8").replaceAll(/[\u0085\u2028\u2029]/g, "");
        assert.equal((await check(["-"], { input: breaks })).exitCode, 0);
        const question = readFileSync(path.join(FOLDER, "flow-question-mark.yaml"), "utf8").replace("?add", '"add"');
        assert.equal((await check(["-"], { input: question })).exitCode, 1);
    });
});
