import assert from "node:assert/strict";
import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import execa, { type ExecaChildProcess } from "execa";
import { freePort } from "../../../lab/cluster/ports";
import { recipeOf } from "../../../lab/images/recipes";
import { skip } from "../../missing";
import { temporaryFolder, until } from "../support";

interface Language {
    readonly repository: string;
    readonly language: string;
    readonly interpreter: string;
    /** Fails where the interpreter or a module of it is missing. */
    readonly tried: readonly string[];
    readonly code: { readonly sum: string; readonly fails: string; readonly endless: string; readonly killed: string; readonly leavesChild: string; readonly floods: string };
}

const LANGUAGES: readonly Language[] = [
    {
        repository: "function-evaluator/rusty-py", language: "python", interpreter: "python3", tried: ["-c", ""],
        code: {
            sum: "print(arguments['x'] + 1)",
            fails: "import sys; sys.stderr.write('why'); sys.exit(3)",
            endless: "while True: pass",
            killed: "import os; os.kill(os.getpid(), 15)",
            leavesChild: "import os, time\nif os.fork() == 0: time.sleep(60)\nelse: print('left')",
            floods: "while True: print('x' * 10000)",
        },
    },
    {
        repository: "function-evaluator/rusty-js", language: "javascript", interpreter: process.execPath, tried: ["-e", ""],
        code: {
            sum: "console.log(arguments.x + 1)",
            fails: "process.stderr.write('why'); process.exitCode = 3",
            endless: "for (;;);",
            killed: "process.kill(process.pid, 15)",
            leavesChild: "require('child_process').spawn('sleep', ['60'], { stdio: 'inherit' }).unref(); console.log('left')",
            floods: "for (;;) require('fs').writeSync(1, 'x'.repeat(10000))",
        },
    },
    {
        repository: "function-evaluator/lua", language: "lua", interpreter: "lua5.4", tried: ["-e", "require('luv') require('cjson')"],
        code: {
            sum: "print(math.tointeger(arguments.x + 1))",
            fails: "io.stderr:write('why') os.exit(3)",
            endless: "while true do end",
            killed: "local uv = require('luv') uv.kill(uv.os_getpid(), 15)",
            leavesChild: "require('luv').spawn('sleep', { args = { '60' }, stdio = { 0, 1, 2 } }) print('left')",
            floods: "while true do print(('x'):rep(10000)) end",
        },
    },
];

interface Result { readonly stdout: string; readonly timedOut: boolean; readonly error?: string }

describe("services of the images", function () {
    this.timeout(30_000);
    const at = temporaryFolder();
    const children: ExecaChildProcess[] = [];
    // Not at once: a service takes what it runs along.
    afterEach(() => Promise.all(children.splice(0).map((child) => { child.kill(); return child; })));

    /** Starts the service with its executors where the image has them. @returns its address */
    async function start(repository: string, interpreter: string, env: Record<string, string> = {}): Promise<string> {
        const root = await mkdtemp(at("root-"));
        const { files } = recipeOf(repository);
        for (const { from, to } of files) {
            await mkdir(path.dirname(path.join(root, to)), { recursive: true });
            await symlink(from, path.join(root, to));
        }
        const [port, metrics, callback] = [await freePort(), await freePort(), await freePort()].map(String) as [string, string, string];
        children.push(execa(interpreter, [path.join(root, files[0]?.to ?? "")], {
            reject: false, stdio: "ignore", cwd: root, env: { PORT: port, METRICS_PORT: metrics, CALLBACK_PORT: callback, EXECUTOR_ROOT: path.join(root, "srv/executors"), LUA: interpreter, ...env },
        }));
        const address = `http://127.0.0.1:${port}`;
        await until(`${repository} answers`, () => fetch(`${address}/_info`).then(({ ok }) => ok, () => false));
        return address;
    }

    const post = async (address: string, body: unknown) => {
        const response = await fetch(`${address}/1/v1/evaluate/`, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });
        return { status: response.status, value: await response.json() as Result };
    };

    for (const { repository, language, interpreter, tried, code } of LANGUAGES) {
        it(`${repository} runs code, says how it ended, and ends it at its limits`, async function () {
            if ((await execa(interpreter, tried, { reject: false })).failed) {
                skip(this, `the service of ${repository}`, `${interpreter} with its modules`, `the Debian packages ${recipeOf(repository).packages.join(", ")}`);
            }
            const address = await start(repository, interpreter, { FUNCTION_EVALUATOR_TIMEOUT_MS: "1500", EXECUTOR_PROCESS_POOL_SIZE: "1" });
            const evaluate = async (text: string) => (await post(address, { code: text, arguments: { x: 2 } })).value;
            const ended = { stdout: "", stderr: "", exit: null, signal: null, timedOut: false };
            assert.deepEqual(await evaluate(code.sum), { ...ended, stdout: "3\n", exit: 0 });
            assert.deepEqual(await evaluate(code.fails), { ...ended, stderr: "why", exit: 3 });
            assert.deepEqual(await evaluate(code.endless), { ...ended, signal: "SIGKILL", timedOut: true });
            assert.deepEqual(await evaluate(code.killed), { ...ended, signal: "SIGTERM" });
            const started = Date.now();
            assert.deepEqual(await evaluate(code.leavesChild), { ...ended, stdout: "left\n", exit: 0 });
            assert.ok(Date.now() - started < 1500);
            const flood = await evaluate(code.floods);
            assert.deepEqual([flood.stdout.length, flood.timedOut], [1024 * 1024, true]);
            assert.deepEqual(await Promise.all(["nonsense", "[1]", { code: 1 }].map(async (body) => (await post(address, body)).status)), [400, 400, 400]);
            assert.equal((await fetch(`${address}/elsewhere`)).status, 404);
        });

        it(`${repository} runs no more at once than its pool has`, async function () {
            if ((await execa(interpreter, tried, { reject: false })).failed) {
                this.skip();
            }
            const address = await start(repository, interpreter, { FUNCTION_EVALUATOR_TIMEOUT_MS: "1500", EXECUTOR_PROCESS_POOL_SIZE: "2" });
            const started = Date.now();
            await Promise.all([1, 2, 3, 4].map(() => post(address, { code: code.endless })));
            const took = Date.now() - started;
            assert.ok(took >= 3000 && took < 5800, `${language}: ${took} ms for twice two`);
        });
    }

    it("function-evaluator/rusty-js counts no start of an interpreter as time of the code", async () => {
        const slow = at("slow.cjs");
        await writeFile(slow, "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);");
        const address = await start("function-evaluator/rusty-js", process.execPath, { FUNCTION_EVALUATOR_TIMEOUT_MS: "700", NODE_OPTIONS: `--require=${slow}` });
        const results = await Promise.all([1, 2].map(() => post(address, { code: "console.log(1)" })));
        assert.deepEqual(results.map(({ value: { stdout, timedOut } }) => [stdout, timedOut]), [["1\n", false], ["1\n", false]]);
    });

    it("the orchestrator hands code to the evaluator of its language, and says when that takes too long", async () => {
        const evaluator = await start("function-evaluator/rusty-js", process.execPath);
        const ORCHESTRATOR_CONFIG = JSON.stringify({ evaluatorConfigs: [{ programmingLanguages: ["Z600"], evaluatorUri: `${evaluator}/1/v1/evaluate/` }] });
        const orchestrator = await start("function-orchestrator", process.execPath, { ORCHESTRATOR_CONFIG, ORCHESTRATOR_TIMEOUT_MS: "2000" });
        const ask = (programmingLanguage: string, code: string) => post(orchestrator, { programmingLanguage, code });
        assert.equal((await ask("Z600", "console.log(1)")).value.stdout, "1\n");
        assert.deepEqual(await ask("Z610", ""), { status: 400, value: { error: "no evaluator for the programming language Z610" } });
        assert.deepEqual(await ask("Z600", "for (;;);"), { status: 504, value: { error: "timed out" } });
    });
});
