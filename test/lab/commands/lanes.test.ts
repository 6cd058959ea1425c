import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { runInLanes } from "../../../lab/commands/lanes";
import { partsOf } from "../../../lab/commands/suites";
import { REPOSITORY } from "../../../cli/repository";
import { closingLines, sum } from "../../closing";
import { temporaryFolder, until } from "../support";

const NOT_RUN = { what: "a test", missing: "a thing", remedy: "buy it" };

describe("tests at a time", function () {
    // Each mocha is a process that compiles TypeScript.
    this.timeout(60_000);
    const quietly = (): void => undefined;
    const inFolder = temporaryFolder();

    const write = async (name: string, text: string): Promise<string> => {
        const file = inFolder(`${name}.test.ts`);
        await writeFile(file, text);
        return file;
    };

    it("are summed up, with the titles of those that fail and what couldn't be run", async () => {
        const good = await write("good", 'it("passes", () => undefined); it("fails", () => { throw new Error("no"); });');
        const missing = await write("missing", `const { skip } = require(${JSON.stringify(path.join(__dirname, "../../missing"))}); it("is skipped", function () { skip(this, "a test", "a thing", "buy it"); });`);
        const { failed, ...rest } = sum(await runInLanes([good, missing], 2, quietly));
        assert.deepEqual(rest, { passed: 1, skipped: 1, notRun: [NOT_RUN] });
        assert.deepEqual(failed, ["fails"]);
    });

    it("are dots where there are several files, and told one by one where there is one; failures in full either way", async () => {
        const good = await write("good", 'it("passes well", () => undefined); it("is for later");');
        const bad = await write("bad", 'it("passes too", () => undefined); it("fails", () => { throw new Error("because of that"); });');
        const outputOf = async (...files: readonly string[]): Promise<string> => (await execa("mocha", ["--no-color"], { cwd: REPOSITORY, preferLocal: true, env: { TEST_SUITES: files.join(","), TEST_RESULT: "" }, all: true, reject: false })).all ?? "";
        const [one, several] = [await outputOf(bad), await outputOf(good, bad)];
        assert.match(one, /passes too/);
        assert.doesNotMatch(several, /passes (well|too)/);
        for (const output of [one, several]) {
            assert.match(output, /1\) fails:\n\s+Error: because of that\n\s+at /);
        }
        assert.match(several, /\n2 passed, 1 failed, 1 skipped$/);
    });

    it("fail where mocha ends before them", async () => {
        const broken = await write("broken", 'throw new Error("broken");');
        const { failed } = sum(await runInLanes([broken, await write("good", 'it("passes", () => undefined);')], 2, quietly));
        assert.deepEqual(failed, [`${broken}: mocha ended before its tests; it says why above`]);
    });
});

describe("tests that are interrupted", function () {
    this.timeout(60_000);
    const inFolder = temporaryFolder();

    it("take down what they have started, also while a command runs", async () => {
        const [test, begun, taken] = [inFolder("slow.test.ts"), inFolder("begun"), inFolder("taken-down")] as const;
        await writeFile(test, `
            const { writeFileSync } = require("node:fs");
            const execa = require(${JSON.stringify(require.resolve("execa"))});
            before(async () => { writeFileSync(${JSON.stringify(begun)}, ""); await execa("sleep", ["2"]); });
            it("passes", () => undefined);
            after(() => { writeFileSync(${JSON.stringify(taken)}, ""); });`);
        const mocha = execa("mocha", [], { cwd: REPOSITORY, preferLocal: true, env: { TEST_SUITES: test }, all: true, reject: false });
        await until("the tests begin", () => existsSync(begun), 30_000);
        // One that runs in the background ignores SIGINT where a shell without job control has started it.
        mocha.kill("SIGTERM");
        const { exitCode, all } = await mocha;
        assert.ok(existsSync(taken), all);
        assert.equal(exitCode, 130, all);
    });
});

describe("the parts of the tests", () => {
    it("are all files of a suite whose tests take minutes", () => {
        const files = readdirSync(path.join(__dirname, "../../cluster"), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".test.ts"));
        assert.deepEqual(partsOf("cluster"), files.map((file) => `test/cluster/${file}`).sort());
        assert.deepEqual(partsOf("unit"), ["unit"]);
    });
});

describe("the closing lines", () => {
    it("end with the count, and say once what couldn't be run", () => {
        const result = { passed: 2, failed: ["a", "b"], skipped: 0, notRun: [NOT_RUN] };
        assert.deepEqual(closingLines(sum([result, { ...result, skipped: 3 }])), ["not run: a test; missing: a thing; to get it: buy it", "4 passed, 4 failed, 3 skipped"]);
        assert.deepEqual(closingLines({ ...result, failed: [], notRun: [] }), ["2 passed, 0 failed"]);
    });
});
