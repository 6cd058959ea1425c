import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { labCommand, script, temporaryFolder } from "../support";

describe("npm run env and npm run kubectl", () => {
    const at = temporaryFolder();
    const lab = (...args: string[]) => labCommand(args, { WIKIFUNCTIONS_LAB_DIR: at("lab") });
    /** A lab with a program in the place of kubectl. */
    const pretend = async (...lines: string[]): Promise<void> => {
        await Promise.all(["lab/cluster", "lab/bin"].map((name) => mkdir(at(name), { recursive: true })));
        await writeFile(at("lab/cluster/kubeconfig"), "");
        await script(at("lab/bin/kubectl"), ...lines);
    };

    for (const command of ["env", "kubectl"]) {
        it(`say in one line that there is no cluster: ${command}`, async () => {
            const { exitCode, stdout, stderr } = await lab(command);
            assert.deepEqual([exitCode, stdout, stderr], [2, "", "There is no embedded cluster; npm start makes one."]);
            assert.equal(existsSync(at("lab")), false);
        });
    }

    it("hand kubectl its arguments as they are, the cluster, and the caller its exit code", async () => {
        await pretend("for argument; do echo \"[$argument]\"; done", "echo \"$KUBECONFIG\"", "exit 5");
        const { exitCode, stdout } = await lab("kubectl", "exec", "-it", "pod", "--help", "--", "sh", "-c", "a  b");
        assert.equal(stdout, `[exec]\n[-it]\n[pod]\n[--help]\n[--]\n[sh]\n[-c]\n[a  b]\n${at("lab/cluster/kubeconfig")}`);
        assert.equal(exitCode, 5);
    });

    it("don't take a kubectl that was killed for one that succeeded", async () => {
        await pretend("kill -KILL $$");
        assert.equal((await lab("kubectl", "get", "pods")).exitCode, 137);
    });

    it("print nothing but what a shell evaluates", async () => {
        await pretend();
        const { exitCode, stdout, stderr } = await lab("env");
        assert.deepEqual([exitCode, stderr], [0, ""]);
        stdout.split("\n").forEach((line) => { assert.match(line, /^export [A-Z_]+='.*$/); });
    });
});
