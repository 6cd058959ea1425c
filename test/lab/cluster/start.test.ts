import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { haltCluster, removeCluster, startCluster } from "../../../lab/cluster";
import { startProcess } from "../../../lab/cluster/processes";
import { writeState } from "../../../lab/cluster/state";
import { isAlive, isProblem, script, startTypeScript, temporaryFolder, until, withVariables } from "../support";

/** Programs stand in for the control plane's that end, or never get ready: what is left behind then is what these tests look at. */
describe("a cluster that doesn't start", () => {
    const at = temporaryFolder();
    withVariables(() => ({ TMPDIR: at("tmp"), NO_COLOR: "1" }));
    beforeEach(() => Promise.all(["tmp", "programs"].map((name) => mkdir(at(name)))));
    /** Of the sockets; tsx has a cache there. */
    const runFolders = async (): Promise<string[]> => (await readdir(at("tmp"))).filter((name) => !name.startsWith("tsx-"));
    const cluster = () => at("lab/cluster");
    const program = (name: string, ...lines: string[]): Promise<string> => script(at("programs", name), ...lines);
    const noteAndWait = (name: string): Promise<string> => program(name, `echo $$ > "${at(`${name}.pid`)}"`, "exec sleep 60");
    const pidOf = async (name: string): Promise<number> => Number(await readFile(at(`${name}.pid`), "utf8"));
    const isGone = (name: string): Promise<void> => until(`${name} has ended`, async () => !await isAlive(await pidOf(name)));

    it("says which component ended and why, ends the others, and leaves nothing but what tells it", async () => {
        await noteAndWait("etcd");
        await program("kube-apiserver", "echo 'error: no such flag' >&2", "exit 1");
        await assert.rejects(startCluster(cluster(), at("programs")), isProblem(/^kube-apiserver ended while starting; .*:\nerror: no such flag$/s));
        await isGone("etcd");
        assert.deepEqual(await runFolders(), []);
        assert.deepEqual((await readdir(at("lab"))), ["cluster"]);
        assert.deepEqual((await readdir(cluster())).sort(), ["certificates", "etcd.log", "kube-apiserver.log", "kubeconfig", "scheduler.kubeconfig", "service-accounts.key", "tokens.csv"]);
        assert.equal(await removeCluster(cluster()), false);
        assert.deepEqual(await readdir(at("lab")), []);
    });

    it("tries another port where somebody has taken it in the meantime, three at most", async () => {
        await noteAndWait("etcd");
        // Somebody else listens at the port before the API server does.
        await program("kube-apiserver",
            "for argument; do case $argument in --secure-port=*) port=${argument#*=};; esac; done",
            `echo "$port" >> "${at("ports")}"`,
            `'${process.execPath}' -e 'require("net").createServer().listen(Number(process.argv[1]), "127.0.0.1", () => console.log("listening")); setTimeout(process.exit, 60_000)' "$port" > "${at("listener")}" & echo $! >> "${at("listeners")}"`,
            `until grep -q listening "${at("listener")}"; do sleep 0.05; done`,
            "echo 'bind: address already in use' >&2",
            "exit 1");
        await assert.rejects(startCluster(cluster(), at("programs")), isProblem(/address already in use/));
        const ports = (await readFile(at("ports"), "utf8")).trim().split("\n");
        assert.equal(new Set(ports).size, 3, ports.join());
        for (const pid of (await readFile(at("listeners"), "utf8")).trim().split("\n").map(Number)) {
            process.kill(pid);
        }
        assert.deepEqual(await runFolders(), []);
    });

    it("because of an interrupt leaves no process, folder or lock", async () => {
        await noteAndWait("etcd");
        await noteAndWait("kube-apiserver");
        const { child } = await startTypeScript(at("main.cts"), `
            cli("interrupt").listenForInterrupt();
            await lab("cluster").startCluster(${JSON.stringify(cluster())}, ${JSON.stringify(at("programs"))}).catch((error) => { console.log(error.message); });`);
        await until("the API server has started", () => existsSync(at("kube-apiserver.pid")));
        child.kill("SIGINT");
        assert.equal((await child).stdout, "Interrupted.");
        await isGone("etcd");
        await isGone("kube-apiserver");
        assert.deepEqual(await runFolders(), []);
        assert.deepEqual(await readdir(at("lab")), ["cluster"]);
        assert.deepEqual((await readdir(cluster())).filter((name) => ["etcd", "cluster.json"].includes(name)), []);
    });

    it("because it was killed can be removed: what runs, its sockets and its folder", async () => {
        await noteAndWait("etcd");
        await noteAndWait("kube-apiserver");
        const { child } = await startTypeScript(at("main.cts"), `await lab("cluster").startCluster(${JSON.stringify(cluster())}, ${JSON.stringify(at("programs"))});`);
        await until("the API server is written down", async () => (await readFile(path.join(cluster(), "cluster.json"), "utf8").catch(() => "")).includes("kube-apiserver"));
        child.kill("SIGKILL");
        await child;
        const [run = "", ...others] = await runFolders();
        assert.deepEqual([others, (await stat(at("tmp", run))).mode & 0o777], [[], 0o700]);
        // As if the ten seconds had passed in which a living owner would have touched its lock.
        const then = new Date(Date.now() - 11_000);
        await utimes(`${cluster()}.lock`, then, then);
        assert.equal(await removeCluster(cluster()), true);
        await isGone("etcd");
        await isGone("kube-apiserver");
        assert.deepEqual([await runFolders(), await readdir(at("lab"))], [[], []]);
    });

    it("keeps the data of an earlier start, and ends what that has left running", async () => {
        const left = await startProcess("etcd", await program("left", "exec sleep 60"), [], { directory: at(), log: at("left.log") });
        await mkdir(path.join(cluster(), "etcd"), { recursive: true });
        await writeFile(path.join(cluster(), "etcd/data"), "");
        await mkdir(at("tmp/old"));
        await writeState({ directory: cluster(), run: at("tmp/old"), port: 1 }, [left]);
        await program("etcd", "echo 'panic: broken' >&2", "exit 2");
        await noteAndWait("kube-apiserver");
        await assert.rejects(startCluster(cluster(), at("programs")), isProblem(/^etcd ended while starting; if it does so again, npm stop removes its data\..*panic: broken$/s));
        assert.equal(await isAlive(left.pid), false);
        assert.ok(existsSync(path.join(cluster(), "etcd/data")));
        assert.deepEqual(await runFolders(), []);
    });

    it("is halted or removed where it isn't", async () => {
        await haltCluster(cluster());
        assert.equal(await removeCluster(cluster()), false);
        assert.equal(await removeCluster(cluster()), false);
    });

    it("because a program can't be run leaves nothing either", async () => {
        await noteAndWait("etcd");
        await chmod(await program("kube-apiserver"), 0o600);
        await assert.rejects(startCluster(cluster(), at("programs")), /EACCES/);
        await isGone("etcd");
        assert.deepEqual(await runFolders(), []);
    });
});
