import assert from "node:assert/strict";
import { run, runInteractively } from "../../../cli/run";
import { isProblem, script, temporaryFolder } from "../../lab/support";

describe("a command", () => {
    const at = temporaryFolder();

    it("gives its exit code and all it has said, and shows it as it comes", async () => {
        await script(at("program"), "echo out", "sleep 0.1", "echo err >&2", "exit 3");
        const seen: string[] = [];
        const { exitCode, all, failed } = await run(at("program"), [], { watch: (text) => { seen.push(text); } });
        assert.deepEqual({ exitCode, all, failed, seen }, { exitCode: 3, all: "out\nerr", failed: true, seen: ["out\n", "err\n"] });
    });

    it("gets no standard input that it could wait for", async () => {
        await script(at("program"), "cat", "echo end");
        assert.equal((await run(at("program"), [], {})).all, "end");
    });

    it("with the user's terminal gives its exit code, or 128 and more for a signal", async () => {
        await script(at("fails"), "exit 3");
        await script(at("dies"), "kill -KILL $$");
        assert.deepEqual([await runInteractively("true", [], {}), await runInteractively(at("fails"), [], {}), await runInteractively(at("dies"), [], {})], [0, 3, 137]);
    });

    it("that doesn't exist is a problem, not a success", async () => {
        await assert.rejects(runInteractively(at("missing"), [], {}), isProblem(/missing.*ENOENT/));
    });
});
