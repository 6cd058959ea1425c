import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { endProcess, isRunning, programOf, startProcess, type ProcessRecord } from "../../../lab/cluster/processes";
import { isAlive, script, startTypeScript, temporaryFolder, until } from "../support";

describe("processes of the cluster", () => {
    const at = temporaryFolder();
    const started: ProcessRecord[] = [];
    const start = async (...lines: string[]): Promise<ProcessRecord> => {
        await script(at("program"), ...lines);
        const record = await startProcess("it", at("program"), ["one", "two words"], { directory: at(), log: at("log") });
        started.push(record);
        return record;
    };
    afterEach(async () => {
        for (const { pid } of started.splice(0)) {
            if (await isAlive(pid)) {
                process.kill(pid, "SIGKILL");
            }
        }
    });

    it("run in their folder with their arguments, and write to a log that only its owner can read", async () => {
        const record = await start("echo \"$PWD\" \"$2\"", "echo trouble >&2");
        await until("it has ended", async () => !await isRunning(record));
        assert.equal(await readFile(at("log"), "utf8"), `${at()} two words\ntrouble\n`);
        assert.equal((await stat(at("log"))).mode & 0o777, 0o600);
    });

    it("add to the log of an earlier one", async () => {
        for (const word of ["one", "two"]) {
            const record = await start(`echo ${word}`);
            await until("it has ended", async () => !await isRunning(record));
        }
        assert.equal(await readFile(at("log"), "utf8"), "one\ntwo\n");
    });

    it("go on when the one that has started them ends", async () => {
        await script(at("program"), "exec sleep 60");
        const { child } = await startTypeScript(at("main.cts"), `console.log(JSON.stringify(await lab("cluster/processes").startProcess("it", ${JSON.stringify(at("program"))}, [], { directory: ${JSON.stringify(at())}, log: ${JSON.stringify(at("log"))} })));`);
        const record = JSON.parse((await child).stdout) as ProcessRecord;
        started.push(record);
        assert.equal(await isRunning(record), true);
        assert.equal(await programOf(record.pid), "sleep");
    });

    it("aren't taken for others that have their number later", async () => {
        const record = await start("exec sleep 60");
        assert.equal(await isRunning(record), true);
        assert.equal(await isRunning({ ...record, started: `${record.started}0` }), false);
        assert.equal(await isRunning({ ...record, started: record.started.replace(/^[^/]*/, "another-boot") }), false);
        assert.equal(await isRunning({ ...record, started: "" }), false);
        assert.equal(await isRunning({ ...record, pid: 2 ** 22 + 1 }), false);
        await endProcess({ ...record, started: `${record.started}0` }, 100);
        assert.equal(await isAlive(record.pid), true);
    });

    it("that have ended run no more, even where nobody has asked how they ended", async () => {
        const record = await start("exit 1");
        await until("it has ended", async () => !await isRunning(record));
        assert.equal(await programOf(2 ** 22 + 1), "");
    });

    it("are asked to end first", async () => {
        const record = await start(`trap 'echo bye; exit' TERM; echo > "${at("ready")}"`, "while :; do sleep 0.05; done");
        await until("it listens", () => existsSync(at("ready")));
        await endProcess(record, 5000);
        assert.deepEqual([await isRunning(record), await readFile(at("log"), "utf8")], [false, "bye\n"]);
    });

    it("are killed when they don't", async () => {
        const record = await start(`trap : TERM; echo > "${at("ready")}"`, "while :; do sleep 0.05; done");
        await until("it listens", () => existsSync(at("ready")));
        await endProcess(record, 300);
        assert.equal(await isRunning(record), false);
        await endProcess(record, 300);
    });

    it("that can't be started are an error that names the program", async () => {
        await assert.rejects(startProcess("it", at("missing"), [], { directory: at(), log: at("log") }), /ENOENT.*missing|missing.*ENOENT/);
    });
});
