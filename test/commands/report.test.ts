import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { REPOSITORY } from "../../cli/repository";
import type { Resource } from "../../policy/model/resource";
import { CONTEXT } from "../policy/harness";
import { previewOf, resourcesOf } from "../policy/stacks";
import { edited, EVALUATOR } from "../report/stack";

describe("report: npm run report", function () {
    this.timeout(120_000);
    let directory: string;
    let resources: Resource[];
    beforeEach(async () => { directory = await mkdtemp(path.join(tmpdir(), "wikifunctions-report-")); });
    afterEach(() => rm(directory, { recursive: true }));
    before(async () => { resources = await resourcesOf("staging"); });

    async function report(args: readonly string[], input: readonly Resource[] | string = "", env: NodeJS.ProcessEnv = {}) {
        const { exitCode, stdout, stderr } = await execa("npm", ["run", "--silent", "--prefix", REPOSITORY, "report", "--", ...args], {
            cwd: directory, reject: false, env, input: typeof input === "string" ? input : previewOf(input),
        });
        return { exitCode, stdout, stderr };
    }
    const written = (file: string) => readFile(path.join(directory, file), "utf8");

    it("writes a page and Markdown into a folder where the user stands, and ends with 0 where all is as approved", async () => {
        const { exitCode, stdout, stderr } = await report(["staging", "--preview", "-"], resources);
        assert.deepEqual([exitCode, stdout], [0, "staging: 0 violations, 0 relaxations, 0 waivers."]);
        assert.match(stderr, /Wrote .*posture-report\/staging\.html\nWrote .*posture-report\/staging\.md$/);
        assert.deepEqual(await readdir(path.join(directory, "posture-report")), ["staging.html", "staging.md"]);
        assert.match(await written("posture-report/staging.html"), /^<!DOCTYPE html>\n<html lang="en">.*✔ No violations\./s);
        assert.match(await written("posture-report/staging.md"), /^# Security posture of staging\n\n\*\*✔ No violations\.\*\*/);
    });

    it("ends with 1 where something is violated, and writes the report all the same", async () => {
        await writeFile(path.join(directory, "preview.json"), previewOf(edited(resources, "Deployment", EVALUATOR, `${CONTEXT}.privileged`, true)));
        const { exitCode, stdout } = await report(["staging", "--preview", "preview.json", "--output", "out/deep"]);
        assert.deepEqual([exitCode, stdout], [1, "staging: 1 violation, 1 relaxation, 0 waivers."]);
        assert.match(await written("out/deep/staging.md"), /no-privileged-containers/);
        assert.match(await written("out/deep/staging.html"), /no-privileged-containers/);
    });

    it("approves nothing for a stack without a file", async () => {
        assert.equal((await report(["dev", "--preview", "-"], resources)).exitCode, 1);
        assert.match(await written("posture-report/dev.md"), /What is approved stands in `policy\/approved\/dev\.yaml`/);
    });

    const MISUSE: Readonly<Record<string, readonly [args: readonly string[], says: RegExp, input?: string]>> = {
        "no stack": [[], /missing required argument 'stack'/],
        "an unknown option": [["staging", "--force"], /unknown option '--force'/],
        "a stack that can have no posture": [["../index", "--preview", "-"], /can't have a posture of its own/],
        "a file that isn't there": [["staging", "--preview", "none.json"], /no such file.*none\.json/],
        "something that is no preview": [["staging", "--preview", "-"], /not the JSON of a preview/, "Previewing update"],
    };
    for (const [what, [args, says, input]] of Object.entries(MISUSE)) {
        it(`ends with exit code 2 for ${what}, and writes nothing`, async () => {
            const { exitCode, stdout, stderr } = await report(args, input);
            assert.deepEqual([exitCode, stdout], [2, ""]);
            assert.match(stderr, says);
            assert.doesNotMatch(stderr, /\n {4}at /);
            assert.deepEqual(await readdir(directory), []);
        });
    }

    it("ends with exit code 2 where it can't write, and says where", async () => {
        await writeFile(path.join(directory, "file"), "");
        const { exitCode, stderr } = await report(["staging", "--preview", "-", "--output", "file"], resources);
        assert.equal(exitCode, 2);
        assert.match(stderr, /--output .*file: EEXIST/);
    });

    it("explains itself, exit codes included", async () => {
        const { exitCode, stdout } = await report(["--help"]);
        assert.equal(exitCode, 0);
        assert.match(stdout, /--output <folder>.*--preview <file>.*Exit code: 0 clean, 1 violations or relaxations.*, 2 a wrong option/s);
    });
});
