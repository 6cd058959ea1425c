import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { programOf } from "../../lab/cluster/processes";
import { removeStaleLocks, selectStack } from "../../lab/stack";
import type { LabEnvironment } from "../../lab/environment";
import { isProblem, script, temporaryFolder } from "./support";

const SLEEP = "/bin/sleep";

describe("the stack of the embedded cluster", () => {
    const at = temporaryFolder();
    const children: ChildProcess[] = [];
    afterEach(async () => {
        for (const child of children.splice(0)) {
            child.kill("SIGKILL");
            await once(child, "exit");
        }
    });

    /** A process whose program has that name. */
    const start = async (name: string): Promise<number> => {
        await copyFile(SLEEP, at(name));
        const child = spawn(at(name), ["60"], { stdio: "ignore" });
        await once(child, "spawn");
        children.push(child);
        return child.pid ?? 0;
    };
    const locks = ".pulumi/locks/organization/wikifunctions/local";
    const lock = (name: string, text: string): Promise<void> => writeFile(at(locks, name), text);
    const owned = (pid: number): string => JSON.stringify({ pid, username: "someone", hostname: "here", timestamp: "2026-01-01T00:00:00Z" });

    it("loses the locks of those who have ended, and keeps that of a pulumi which runs", async () => {
        await mkdir(at(locks), { recursive: true });
        const [pulumi, another] = [await start("pulumi"), await start("sleepy")];
        assert.deepEqual([await programOf(pulumi), await programOf(another)], ["pulumi", "sleepy"]);
        await lock("alive.json", owned(pulumi));
        await lock("another.json", owned(another));
        await lock("gone.json", owned(2 ** 22 + 1));
        await lock("broken.json", "{");
        await lock("alive.json.attrs", "{}");
        await removeStaleLocks(at());
        assert.deepEqual((await readdir(at(locks))).sort(), ["alive.json", "alive.json.attrs"]);
    });

    it("needs no locks to be there", async () => {
        await removeStaleLocks(at("nothing"));
        assert.deepEqual(await readdir(at()), []);
    });

    it("tells with pulumi's own words why it can't be selected", async () => {
        await script(at("pulumi"), "echo \"no such backend: $*\" >&2", "exit 255");
        const env = { PATH: `${at()}${path.delimiter}/usr/bin:/bin` } as LabEnvironment;
        await assert.rejects(selectStack(env), isProblem(/^pulumi could not select the stack local:\nno such backend: stack select --create local --non-interactive$/));
    });
});
