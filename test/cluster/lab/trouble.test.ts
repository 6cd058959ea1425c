import assert from "node:assert/strict";
import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { startCluster } from "../../../lab";
import { folders } from "../../../lab/environment";
import { isProblem, until } from "../../lab/support";
import { skip } from "../../missing";
import { Lab } from "./lab";

/** Runs `work` with an almost full disk at `directory`. @returns false where this user may not mount one */
async function withSmallDisk(directory: string, work: () => Promise<void>): Promise<boolean> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    if ((await execa("mount", ["-t", "tmpfs", "-o", "size=8m,mode=0700", "tmpfs", directory], { reject: false })).failed) {
        return false;
    }
    try {
        await work();
    } finally {
        await execa("umount", ["--lazy", directory]);
    }
    return true;
}

describe("a start of the embedded cluster that is cut off", function () {
    this.timeout(600_000);
    let lab: Lab;
    before(async () => { lab = await Lab.create(); });
    after(() => lab.remove());

    const fullDisk = { what: "starts on a full disk", missing: "the right to mount a small disk", remedy: "run the tests as root" };

    it("by a full disk says so in one line", async function () {
        const mounted = await withSmallDisk(lab.directory, async () => {
            const { exitCode, stderr } = await lab.start();
            assert.equal(exitCode, 2, stderr);
            assert.match(stderr.trim().split("\n").at(-1) ?? "", /^No space is left on the disk for .*; free some and run the command again\.$/);
            assert.equal((await lab.stop()).exitCode, 0);
            assert.deepEqual(await lab.leftovers(), []);
        });
        if (!mounted) {
            skip(this, fullDisk.what, fullDisk.missing, fullDisk.remedy);
        }
    });

    for (const { moment, sign, whole } of [
        { moment: "the control plane starts", sign: async () => (await lab.state().catch(() => undefined))?.processes.length === 2, whole: true },
        { moment: "pulumi previews", sign: (output: string) => output.includes("Previewing update"), whole: false },
        { moment: "pulumi deploys", sign: (output: string) => output.includes("Updating (local)") && output.includes("Namespace sandbox created"), whole: true },
    ]) {
        it(`by Ctrl-C while ${moment} leaves nothing that npm stop doesn't remove`, async () => {
            // A terminal's Ctrl-C reaches the whole process group, a `kill` one process.
            const options = { detached: true, cleanup: false };
            const start = whole ? lab.start(options) : lab.command(process.execPath, ["lab/bootstrap.cjs", "start", "--no-node"], options);
            let output = "";
            start.all?.on("data", (data: Buffer) => { output += data.toString(); });
            await until(moment, () => sign(output), 240_000);
            process.kill(whole ? -(start.pid ?? 0) : start.pid ?? 0, "SIGINT");
            const { exitCode, signal } = await start;
            assert.ok(exitCode === 130 || signal === "SIGINT", `${exitCode} ${signal}\n${output}`);
            assert.match(output, /^Interrupted\.$/m);
            assert.deepEqual((await lab.leftovers()).filter((left) => !/^file (bin|cluster|pulumi)$/.test(left)), []);
        });
    }

    it("by a full disk under etcd says so with etcd's words", async function () {
        const disk = path.join(lab.temporary, "disk");
        const mounted = await withSmallDisk(disk, async () => {
            await assert.rejects(startCluster(path.join(disk, "cluster"), folders(lab.directory).bin), isProblem(/^etcd ended while starting; .*no space left on device/s));
            assert.deepEqual((await readdir(path.join(disk, "cluster"))).filter((name) => ["etcd", "cluster.json"].includes(name)), []);
        });
        if (!mounted) {
            skip(this, fullDisk.what, fullDisk.missing, fullDisk.remedy);
        }
    });

    it("is forgotten after npm stop", async () => {
        assert.equal((await lab.stop()).exitCode, 0);
        assert.deepEqual(await lab.leftovers(), []);
    });
});
