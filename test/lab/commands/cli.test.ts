import assert from "node:assert/strict";
import packageJson from "../../../package.json";
import { labCommand, temporaryFolder } from "../support";

const COMMANDS = ["start", "stop", "env", "kubectl", "lint", "test", "compat", "docs", "bench"];

describe("the command line", () => {
    const at = temporaryFolder();
    const told = async (...args: string[]): Promise<[number, string]> => {
        const { exitCode, all = "" } = await labCommand(args, { WIKIFUNCTIONS_LAB_DIR: at("lab") });
        return [exitCode, all];
    };

    it("explains itself, and every command is an npm script", async () => {
        const [exitCode, help] = await told("--help");
        assert.equal(exitCode, 0);
        COMMANDS.forEach((command) => { assert.match(help, new RegExp(`^  ${command}\\b.* {2}\\S`, "m")); });
        const called = Object.values(packageJson.scripts).flatMap((script) => /^exec node lab\/bootstrap\.cjs (\S+)/.exec(script)?.[1] ?? []);
        assert.deepEqual([...new Set(called)].sort(), COMMANDS.toSorted());
    });

    for (const [args, words] of [
        [["strat"], /^error: unknown command 'strat'\n\(Did you mean start\?\)\nAllowed: start, stop, env, kubectl, lint, test, compat, docs, bench, --help\.$/],
        [["stop", "--caches"], /^error: unknown option '--caches'\n\(Did you mean --cache\?\)\nAllowed: --cache, --help\.$/],
        [["start", "production"], /^error: too many arguments for 'start'\..*\nAllowed: --node, --no-node, --help\.$/],
        [["bench", "--rounds", "0"], /^error: option '--rounds <n>' argument '0' is invalid\. It must be a whole number, 1 or more\.\nAllowed: --rounds <n>, --cold, --confinement, --help\.$/],
    ] as const) {
        it(`refuses ${args.join(" ")}, and says what is allowed`, async () => {
            const [exitCode, said] = await told(...args);
            assert.match(said, words);
            assert.equal(exitCode, 2);
        });
    }
});
