import assert from "node:assert/strict";
import { runTypeScript, temporaryFolder } from "../../lab/support";

/** A command that can go wrong in each way; what it is told decides. */
const COMMAND = `
    const { Command } = require(${JSON.stringify(require.resolve("commander"))});
    const { Problem } = cli("problem");
    class Unusable extends Error {}
    const WAYS = {
        nothing: () => { process.exitCode = 0; },
        found: () => { throw new Problem("Something is stale.", 1); },
        problem: () => { throw new Problem("Go is missing."); },
        unusable: () => { throw new Unusable("a.json: it is no preview"); },
        mistake: () => { throw new TypeError("a mistake"); },
        interrupt: async () => {
            cli("interrupt").listenForInterrupt();
            process.kill(process.pid, "SIGINT");
            await new Promise((resolve) => setTimeout(resolve, 200));
            cli("interrupt").throwIfInterrupted();
        },
    };
    const program = new Command("it");
    program.command("do").argument("<way>").option("--fast").action((way) => WAYS[way]());
    await cli("start").start(program, Unusable);`;

describe("a command", function () {
    this.timeout(120_000);
    const at = temporaryFolder();

    async function told(args: string): Promise<readonly [number, string]> {
        const env = { NO_COLOR: "1" };
        const { exitCode, all = "" } = await runTypeScript(at("main.cts"), `process.argv.push(...${JSON.stringify(args.split(" "))});${COMMAND}`, env);
        return [exitCode, all];
    }

    for (const [args, code, words] of [
        ["do nothing", 0, /^$/],
        ["do found", 1, /^Something is stale\.$/],
        ["do problem", 2, /^Go is missing\.$/],
        ["do unusable", 2, /^a\.json: it is no preview$/],
        ["do mistake", 2, /^TypeError: a mistake\n\s+at /],
        ["do interrupt", 130, /^Interrupted\.$/],
        ["do nothing --slow", 2, /^error: unknown option '--slow'\nAllowed: \[way\], --fast, --help\.$/],
        ["don't", 2, /^error: unknown command 'don't'\n(\(Did you mean .*\)\n)?Allowed: do, --help\.$/],
        ["do --help", 0, /^Usage: it do/],
    ] as const) {
        it(`that is told to ${args} ends with ${String(code)}, and says why`, async () => {
            const [exitCode, said] = await told(args);
            assert.match(said, words);
            assert.equal(exitCode, code);
        });
    }
});
