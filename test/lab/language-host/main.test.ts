import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { REPOSITORY } from "../../../cli/repository";

describe("the language host's process", () => {
    it("tells its port alone, and ends when the engine has", async () => {
        // Node would give it a socket: the engine gives it a pipe, as shells do.
        const host = spawn("sh", ["-c", "cat | { \"$0\" --import tsx lab/language-host/main.ts -root=/ 127.0.0.1:1; }", process.execPath], { cwd: REPOSITORY, stdio: ["pipe", "pipe", "inherit"] });
        const [said] = await once(host.stdout, "data") as [Buffer];
        assert.match(said.toString(), /^\d+\n$/);
        assert.equal(host.exitCode, null);
        host.stdin.end();
        const [code] = await once(host, "exit") as [number];
        assert.equal(code, 1);
    });
});
