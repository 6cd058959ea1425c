import assert from "node:assert/strict";
import { renderProfiles } from "../../infra/apparmor/profiles";
import { NodeSetting } from "./setting";

const LOADER = "wikifunctions-apparmor";
const NAMESPACE = "wikifunctions";
const EVALUATOR = "evaluator-python";
const PROFILE = `${renderProfiles().nameOf(EVALUATOR)} (enforce)`;

describe("a node of the embedded cluster", function () {
    this.timeout(900_000);
    let setting: NodeSetting;

    before(async function () {
        setting = await NodeSetting.get(this);
    });

    const wanted = renderProfiles().all.map(({ name }) => `${name} (enforce)`).sort();

    async function loaded(since = 0): Promise<string[]> {
        await setting.untilReady("apparmor-loader", since);
        await setting.untilReady("observer", since);
        return setting.profiles();
    }

    it("has every profile in enforce mode once the loader is ready", async () => {
        // Others are of deployments before this one: a loader removes none.
        const profiles = await loaded();
        assert.deepEqual(wanted.filter((profile) => !profiles.includes(profile)), []);
        assert.deepEqual(profiles.filter((profile) => !profile.endsWith(" (enforce)")), []);
    });

    it("lets the loader do no more than that", async () => {
        const status = await setting.observer.ofProcess(LOADER, await setting.untilReady("apparmor-loader"), "status");
        // MAC_ADMIN is the capability of number 33.
        assert.match(status, /^CapEff:\t0000000200000000$/m);
        assert.match(status, /^CapBnd:\t0000000200000000$/m);
        assert.match(status, /^NoNewPrivs:\t1$/m);
        assert.match(status, /^Seccomp:\t2$/m);
    });

    it("confines a service by its profile, by seccomp, without capabilities, as a user that isn't root", async () => {
        const pod = await setting.untilReady(EVALUATOR);
        const said = await setting.observer.ofProcess(NAMESPACE, pod, "status");
        assert.equal((await setting.observer.ofProcess(NAMESPACE, pod, "attr/current")).trim(), PROFILE);
        assert.match(said, /^CapEff:\t0000000000000000$/m);
        assert.match(said, /^CapBnd:\t0000000000000000$/m);
        assert.match(said, /^NoNewPrivs:\t1$/m);
        assert.match(said, /^Seccomp:\t2$/m);
        assert.match(said, /^Uid:\t900\t900\t900\t900$/m);
    });

    it("has a root that nobody can write to, and no token", async () => {
        const pod = await setting.untilReady(EVALUATOR);
        const said = await setting.evaluate(pod, "import errno, os\nfor path in ['/x', '/tmp/x', '/srv/service/x', '/dev/shm/x']:\n  try: open(path, 'w'); print('wrote', path)\n  except OSError as e: print(errno.errorcode[e.errno], path)\nprint(os.path.exists('/var/run/secrets/kubernetes.io'))");
        assert.doesNotMatch(said, /wrote/);
        assert.equal(said.split("\n").length, 5, said);
        assert.equal(said.split("\n").at(-1), "False");
    });

    it("confines the code that an evaluator runs in the same way", async () => {
        const pod = await setting.untilReady(EVALUATOR);
        const said = await setting.evaluate(pod, "print(open('/proc/self/status').read())");
        assert.match(said, /^CapEff:\t0000000000000000$/m);
        assert.match(said, /^NoNewPrivs:\t1$/m);
        assert.match(said, /^Seccomp:\t2$/m);
        const code = setting.evaluate(pod, "import time\ntime.sleep(6)");
        const profiles = await setting.observer.ofProcesses(NAMESPACE, pod, "attr/current");
        await code;
        assert.ok(profiles.length > 1, String(profiles.length));
        assert.deepEqual([...new Set(profiles.map((profile) => profile.trim()))], [PROFILE]);
    });

    it("lets an evaluator call nobody: neither the API server, nor the kubelet, nor another service; a pod without policies can", async () => {
        const code = (addresses: readonly string[]): string => `import socket\nfor a in ${JSON.stringify(addresses)}:\n  h, p = a.rsplit(':', 1)\n  try: socket.create_connection((h, int(p)), 1).close(); print('reached', a)\n  except OSError as e: print('failed', a, e)`;
        const kubelet = await setting.kubectl("get", "nodes", "--output", "jsonpath={.items[0].status.daemonEndpoints.kubeletEndpoint.Port}");
        const lua = await setting.untilReady("evaluator-lua");
        const address = await setting.kubectl("get", "pod", "--namespace", NAMESPACE, lua, "--output", "jsonpath={.status.podIP}");
        const targets = ["10.0.2.100:6443", `10.0.2.15:${kubelet}`, `${address}:6927`];
        const image = await setting.kubectl("get", "deployment", "--namespace", NAMESPACE, EVALUATOR, "--output", "jsonpath={.spec.template.spec.containers[0].image}");
        await setting.kubectl("run", "control", "--namespace", "default", "--image", image, "--image-pull-policy", "IfNotPresent", "--restart", "Never");
        await setting.untilReady("control");
        const control = await setting.kubectl("exec", "--namespace", "default", "control", "--", "python3", "-c", code(targets.slice(0, 2)));
        await setting.kubectl("delete", "pod", "control", "--namespace", "default", "--wait=false");
        assert.equal(control.match(/reached/g)?.length, 2, control);
        const said = await setting.evaluate(await setting.untilReady(EVALUATOR), code(targets));
        assert.doesNotMatch(said, /reached/);
        assert.equal(said.match(/failed/g)?.length, targets.length, said);
    });

    it("has the profiles again after a power cut, before a workload runs", async function () {
        // The kernel forgets them; pods of before are started again and have to wait.
        const cut = await setting.cutPower();
        assert.deepEqual(await loaded(cut), wanted);
        const evaluator = await setting.untilReady(EVALUATOR, cut);
        assert.equal((await setting.observer.ofProcess(NAMESPACE, evaluator, "attr/current")).trim(), PROFILE);
    });
});
