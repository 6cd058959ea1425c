import assert from "node:assert/strict";
import execa from "execa";
import { REPOSITORY } from "../../../cli/repository";
import { skip } from "../../missing";
import { runTypeScript, temporaryFolder, writeTypeScript } from "../../lab/support";

const SLOW = `await cli("progress").step("Working", async (detail) => { detail("3 packages"); await new Promise((resolve) => setTimeout(resolve, 2300)); });`;

describe("progress of a step", () => {
    const at = temporaryFolder();

    it("ends with a line that tells how, and hands on the result", async () => {
        const { stdout, stderr } = await runTypeScript(at("both.cts"), `
            const { step } = cli("progress");
            console.log(await step("Working", () => Promise.resolve("result")));
            await step("Failing", () => Promise.reject(new Error("reason"))).catch((error) => { console.log(error.message); });`);
        assert.equal(stderr, "✔ Working (0 s)\n✘ Failing (0 s)");
        assert.equal(stdout, "result\nreason");
    });

    it("is told after two seconds where the output is no terminal, in lines without colour", async () => {
        const { stdout, stderr } = await runTypeScript(at("slow.cts"), SLOW, { FORCE_COLOR: "1" });
        assert.equal(stderr, "… Working, 2 s (3 packages)\n✔ Working (2 s)");
        assert.equal(stdout, "");
    });

    it("counts in one line on a terminal", async function () {
        if ((await execa("script", ["--version"], { reject: false })).failed) {
            skip(this, "progress on a terminal", "script, which makes a terminal", "apt-get install bsdutils");
        }
        await writeTypeScript(at("slow.cts"), SLOW);
        const { stdout } = await execa("script", ["-qec", `'${process.execPath}' --require tsx/cjs '${at("slow.cts")}'`, "/dev/null"], { cwd: REPOSITORY, env: { CI: undefined, NO_COLOR: undefined, TERM: "xterm" }, stdin: "ignore" });
const wiped = "\r\u001b[K";
        assert.equal(stdout, `${wiped}… Working, 1 s (3 packages)${wiped}… Working, 2 s (3 packages)${wiped}\u001b[32m✔\u001b[39m Working (2 s)`);
    });
});
