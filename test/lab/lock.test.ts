import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { rm, stat, utimes } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { withLock } from "../../lab/lock";
import { isProblem, startTypeScript, temporaryFolder, until } from "./support";

describe("the lock of a folder", () => {
    const at = temporaryFolder();

    it("lets one after the other work, and is gone after them", async () => {
        const done: string[] = [];
        const work = (name: string) => async (): Promise<string> => {
            done.push(`${name} begins`);
            await delay(50);
            done.push(`${name} ends`);
            return name;
        };
        assert.deepEqual(await Promise.all([withLock(at("it"), "it", work("one")), withLock(at("it"), "it", work("two"))]), ["one", "two"]);
        // Which of them is first is nobody's promise.
        const [first, second] = done[0] === "one begins" ? ["one", "two"] : ["two", "one"];
        assert.deepEqual(done, [`${first} begins`, `${first} ends`, `${second} begins`, `${second} ends`]);
        assert.equal(existsSync(at("it.lock")), false);
        assert.equal((await stat(at("it"))).mode & 0o777, 0o700);
    });

    it("is released when the work fails, or has removed the folder", async () => {
        await assert.rejects(withLock(at("it"), "it", () => Promise.reject(new Error("work failed"))), /work failed/);
        await withLock(at("it"), "it", () => rm(at("it"), { recursive: true }));
        assert.equal(existsSync(at("it.lock")), false);
    });

    it("says who is waited for, and gives up", async () => {
        await withLock(at("it"), "the cluster", async () => {
            await assert.rejects(withLock(at("it"), "the cluster", () => Promise.resolve(), 100), isProblem(/^Another process is using the cluster in .*\/it; wait until it has ended\.$/));
        });
    });

    it("of a process that was killed is taken over", async () => {
        const { child } = await startTypeScript(at("holder.cts"), `await lab("lock").withLock(${JSON.stringify(at("it"))}, "it", () => new Promise(() => setInterval(() => {}, 1000)));`);
        await until("the lock is taken", () => existsSync(at("it.lock")));
        child.kill("SIGKILL");
        await child;
        assert.ok(existsSync(at("it.lock")));
        // As if the ten seconds had passed in which a living owner would have touched it.
        const then = new Date(Date.now() - 11_000);
        await utimes(at("it.lock"), then, then);
        assert.equal(await withLock(at("it"), "it", () => Promise.resolve("taken over"), 0), "taken over");
    });
});
