import assert from "node:assert/strict";
import { once } from "node:events";
import { lstat, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { isRunning } from "../../../lab/cluster/processes";
import { folders } from "../../../lab/environment";
import { REPOSITORY } from "../../../cli/repository";
import { until } from "../../lab/support";
import { Lab } from "./lab";

const STACK_FILE = path.join(REPOSITORY, "Pulumi.local.yaml");
const TOOLS = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-kubernetes", "etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl"];
/** A number that no process can have. */
const NO_PID = 2 ** 22 + 1;

/** Every file and folder that others could read or enter. */
async function readableByOthers(directory: string): Promise<string[]> {
    const all = [directory, ...(await readdir(directory, { recursive: true })).map((name) => path.join(directory, name))];
    const modes = await Promise.all(all.map(async (file) => ({ file, info: await lstat(file) })));
    return modes.filter(({ info }) => !info.isSymbolicLink() && (info.mode & 0o077) !== 0).map(({ file, info }) => `${(info.mode & 0o777).toString(8)} ${file}`);
}

describe("the embedded cluster, from npm start to npm stop", function () {
    this.timeout(600_000);
    this.bail(true);
    let lab: Lab;
    let stackFile: string;
    let firstStart: number;
    before(async () => {
        lab = await Lab.create();
        stackFile = await readFile(STACK_FILE, "utf8");
    });
    after(() => lab.remove());

    const timed = async (): Promise<{ readonly output: string; readonly milliseconds: number }> => {
        const started = Date.now();
        const { exitCode, all = "" } = await lab.start();
        assert.equal(exitCode, 0, all);
        assert.ok(!all.includes(await lab.token()), "the token was printed");
        assert.equal(await readFile(STACK_FILE, "utf8"), stackFile);
        return { output: all, milliseconds: Date.now() - started };
    };
    const uidOf = async (namespace: string): Promise<string> => (await lab.kubectl("get", "namespace", namespace, "-o", "jsonpath={.metadata.uid}")).stdout;

    it("deploys the stack with the policy pack, says what it uses, and closes with a short summary", async () => {
        const { output, milliseconds } = await timed();
        firstStart = milliseconds;
        TOOLS.forEach((tool) => { assert.match(output, new RegExp(`^  ${tool} +(official, |official: |built from \\S+ v\\d|this repository's )`, "m")); });
        assert.match(output, /Policies:\n.*wikifunctions@.*\(local: policy\)/);
        assert.match(output, /Resources:\n +\+ \d+ created/);
        const summary = output.slice(output.indexOf("Deployed to the embedded control plane")).trim().split("\n");
        assert.ok(summary.length < 20, summary.join("\n"));
        assert.match(summary.join("\n"), /wikifunctions +Deployment +orchestrator[^]*npm run kubectl[^]*npm stop/);
    });

    it("keeps everything for its owner alone", async () => {
        const { run } = await lab.state();
        assert.deepEqual([...await readableByOthers(lab.directory), ...await readableByOthers(run)], []);
    });

    it("is found up to date by a second start, sooner, by the same processes", async () => {
        const before = await lab.state();
        const { output, milliseconds } = await timed();
        assert.match(output, /Resources:\n +\d+ unchanged\n/);
        assert.doesNotMatch(output, /Starting the control plane|Building|created|updated|deleted/);
        assert.deepEqual(await lab.state(), before);
        assert.ok(milliseconds < firstStart, `${milliseconds} ms, the first time ${firstStart} ms`);
    });

    it("can be used with plain pulumi and kubectl in a shell", async () => {
        const commands = "eval \"$(npm run --silent env)\" && pulumi preview --policy-pack policy --expect-no-changes --non-interactive && kubectl get namespace wikifunctions -o name";
        const { exitCode, all = "" } = await lab.command("sh", ["-c", commands]);
        assert.equal(exitCode, 0, all);
        assert.match(all, /\d+ unchanged/);
        assert.match(all, /^namespace\/wikifunctions$/m);
    });

    it("is reached by npm run kubectl, which has kubectl's exit code", async () => {
        const [found, missing] = await Promise.all([lab.kubectl("get", "namespaces", "default", "-o", "name"), lab.kubectl("get", "nothing-like-that")]);
        assert.deepEqual([found.exitCode, found.stdout], [0, "namespace/default"]);
        assert.equal(missing.exitCode, 1);
        assert.match(missing.stderr, /the server doesn't have a resource type "nothing-like-that"/);
    });

    it("comes back with its data after its processes were killed, its port taken and a pulumi lock left", async () => {
        const { processes, port } = await lab.state();
        const uid = await uidOf("wikifunctions");
        assert.match(uid, /^[0-9a-f-]{36}$/);
        const killed = processes.filter(({ name }) => name === "etcd" || name === "kube-apiserver");
        assert.equal(killed.length, 2);
        killed.forEach(({ pid }) => process.kill(pid, "SIGKILL"));
        await until("they are gone", async () => !(await Promise.all(killed.map(isRunning))).some(Boolean));
        const squatter = createServer().listen(port, "127.0.0.1");
        await once(squatter, "listening");
        const locks = path.join(folders(lab.directory).backend, ".pulumi/locks/organization/wikifunctions/local");
        await mkdir(locks, { recursive: true });
        await writeFile(path.join(locks, "0.json"), JSON.stringify({ pid: NO_PID, username: "someone", hostname: "here", timestamp: "2026-01-01T00:00:00Z" }));
        try {
            const { output } = await timed();
            assert.match(output, /Starting the control plane/);
            assert.match(output, /Resources:\n +\d+ unchanged\n/);
        } finally {
            squatter.close();
        }
        const now = await lab.state();
        assert.notEqual(now.port, port);
        assert.equal(await uidOf("wikifunctions"), uid);
        assert.deepEqual(await Promise.all([...processes, ...now.processes].map(isRunning)), [false, false, false, false, true, true, true, true]);
        assert.equal((await readdir(lab.temporary)).filter((name) => name.startsWith("wikifunctions-lab-")).length, 1);
    });

    it("leaves nothing after npm stop, which may be said twice", async () => {
        const [first, left] = [await lab.stop(), await lab.leftovers()];
        assert.deepEqual([first.exitCode, left], [0, []], first.all);
        assert.match(first.all ?? "", /The embedded cluster is stopped/);
        const second = await lab.stop();
        assert.deepEqual([second.exitCode, await lab.leftovers()], [0, []]);
        assert.match(second.all ?? "", /No embedded cluster is running/);
    });
});
