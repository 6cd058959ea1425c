import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isAlive, script, startTypeScript, temporaryFolder, until } from "../../lab/support";

/** Runs `program`, and says how it went. */
const runs = (program: string): string => `
    const { listenForInterrupt, throwIfInterrupted } = cli("interrupt");
    listenForInterrupt();
    const { exitCode, all } = await cli("run").run(${JSON.stringify(program)}, [], {});
    console.log(exitCode, all);
    try { throwIfInterrupted(); console.log("goes on"); } catch (error) { console.log(error.name, error.message); }
    await cli("run").run(${JSON.stringify(program)}, [], {}).catch((error) => { console.log("not started:", error.message); });`;

describe("an interrupt", () => {
    const at = temporaryFolder();

    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        it(`by ${signal} reaches the command that runs once, waits for it, and starts no other`, async () => {
            await script(at("program"), `trap 'echo interrupted; echo "x" >> "${at("count")}"' INT`, `echo > "${at("started")}"`, "sleep 60 & wait $!", "sleep 0.2", "kill $!", "exit 7");
            const { child } = await startTypeScript(at("main.cts"), runs(at("program")));
            await until("the command runs", () => existsSync(at("started")));
            child.kill(signal);
            const { exitCode, stdout } = await child;
            assert.equal(exitCode, 0);
            assert.equal(stdout, "7 interrupted\nProblem Interrupted.\nnot started: Interrupted.");
            assert.equal(await readFile(at("count"), "utf8"), "x\n");
        });
    }

    it("on a terminal doesn't reach the command a second time: it has a process group of its own", async () => {
        await script(at("program"), "trap : INT", `ps -o pgid= -p $$ > "${at("started")}"`);
        const { child } = await startTypeScript(at("main.cts"), `await cli("run").run(${JSON.stringify(at("program"))}, [], {}); console.log(require("child_process").execFileSync("ps", ["-o", "pgid=", "-p", String(process.pid)]).toString());`);
        const { stdout } = await child;
        assert.notEqual((await readFile(at("started"), "utf8")).trim(), stdout.trim());
    });

    it("reaches the command's children too", async () => {
        await script(at("program"), `sh -c 'echo $$ > "${at("child")}"; exec sleep 60'`, "true");
        const { child } = await startTypeScript(at("main.cts"), runs(at("program")));
        await until("the child runs", async () => existsSync(at("child")) && (await readFile(at("child"), "utf8")).endsWith("\n"));
        const pid = Number(await readFile(at("child"), "utf8"));
        assert.ok(await isAlive(pid));
        child.kill("SIGINT");
        await child;
        await until("the child has ended", async () => !await isAlive(pid));
    });

    it("ends at once a process that doesn't listen for it", async () => {
        const { child } = await startTypeScript(at("main.cts"), `require("fs").writeFileSync(${JSON.stringify(at("ready"))}, ""); setInterval(() => {}, 1000);`);
        await until("it runs", () => existsSync(at("ready")));
        child.kill("SIGINT");
        assert.equal((await child).signal, "SIGINT");
    });
});
