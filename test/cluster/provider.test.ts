import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Project, type Resources, type Step } from "../project";
import { TestCluster } from "./cluster";
import { AS_NODE_CONTROLLER } from "./node";
import { account, configMap, deployment, EVERYTHING, NAMESPACE, unnamed } from "./provider/objects";

const IN = ["--namespace", NAMESPACE] as const;
const NOW = ["--yes", "--skip-preview"] as const;
const SKIP_AWAIT = { "pulumi.com/skipAwait": "true" };
const RUNNING = JSON.stringify({ status: { phase: "Running", conditions: [{ type: "Ready", status: "True" }] } });
const OWNER = JSON.stringify({ metadata: { labels: { owner: "somebody" } } });

/** What users of `pulumi` rely on, whichever provider makes it so. */
describe("pulumi with the Kubernetes provider", function () {
    this.timeout(300_000);
    // Each test goes on from what the one before has left.
    this.bail(true);
    let cluster: TestCluster;
    let folder: string;
    let project: Project;
    let program: Resources = EVERYTHING;

    before(async function () {
        cluster = await TestCluster.start(this, "the Kubernetes provider");
        folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-provider-"));
        project = await Project.create(path.join(folder, "project"), cluster.env.PATH.split(path.delimiter).slice(0, 1), cluster.env.KUBECONFIG);
    });
    after(async () => {
        // Unset where the suite is skipped.
        await (cluster as TestCluster | undefined)?.stop();
        if ((folder as string | undefined) !== undefined) {
            await rm(folder, { recursive: true, force: true });
        }
    });

    /** From here on the program makes these as well, or otherwise. */
    const say = async (more: Resources): Promise<void> => {
        program = { ...program, ...more };
        await project.write(program);
    };
    const drop = async (name: string): Promise<void> => {
        program = Object.fromEntries(Object.entries(program).filter(([other]) => other !== name));
        await project.write(program);
    };
    /** @returns what it said */
    const run = async (ends: "well" | "badly", ...args: readonly string[]): Promise<string> => {
        const { exitCode, output } = await project.pulumi(...args);
        assert.equal(exitCode === 0, ends === "well", output);
        return output;
    };
    const up = (ends: "well" | "badly" = "well"): Promise<string> => run(ends, "up", ...NOW);
    const refresh = (): Promise<string> => run("well", "refresh", ...NOW);
    const named = ({ op, urn }: Step): string => `${op} ${urn.split("::").at(-1) ?? ""}`;
    /** What a preview would change. */
    const plan = async (): Promise<string[]> => {
        const { exitCode, steps, output } = await project.preview();
        assert.equal(exitCode, 0, output);
        return steps.filter(({ op }) => op !== "same").map(named).sort();
    };
    const found = async (kind: string, name: string, at: string): Promise<string> => cluster.kubectl("get", kind, name, ...IN, "--output", `jsonpath={${at}}`);

    it("plans what it then makes, after which there is nothing to do", async () => {
        await say({});
        assert.deepEqual((await plan()).filter((step) => !step.startsWith("create ")), []);
        await up();
        assert.equal(await found("deployment", "deployment", ".spec.template.spec.containers[0].resources.requests"), '{"cpu":"1","memory":"512Mi"}');
        assert.deepEqual(await plan(), []);
        await refresh();
        assert.deepEqual(await plan(), []);
    });

    it("updates what can be changed, and replaces the rest, as the preview says", async () => {
        await say({ unnamed: unnamed({ one: "2" }), deployment: deployment("deployment", { replicas: 2 }, SKIP_AWAIT), config: configMap("config", { one: "2" }) });
        assert.deepEqual((await plan()).filter((step) => /^(update|replace) /.test(step)), ["replace config", "replace unnamed", "update deployment"]);
        await up();
        assert.deepEqual([await found("configmap", "config", ".data"), await found("deployment", "deployment", ".spec.replicas")], ['{"one":"2"}', "2"]);
        assert.deepEqual(await plan(), []);
    });

    it("takes back what somebody has changed, once a refresh has seen it", async () => {
        await cluster.kubectl("delete", "configmap", "config", ...IN);
        await cluster.kubectl("label", "namespace", NAMESPACE, "pod-security.kubernetes.io/enforce-");
        assert.deepEqual(await plan(), []);
        await refresh();
        assert.deepEqual(await plan(), ["create config", "update namespace"]);
        await up();
        assert.equal(await found("namespace", NAMESPACE, ".metadata.labels.pod-security\\.kubernetes\\.io/enforce"), "baseline");
        assert.deepEqual(await plan(), []);
    });

    it("takes over from kubectl what the program says, which a preview of an object that it has updated before can't", async () => {
        await cluster.kubectl("set", "image", "deployment/deployment", "main=example.org/evil:1", ...IN);
        await refresh();
        assert.match(await run("badly", "preview"), /conflict with "kubectl-set".*image/);
        await up();
        assert.equal(await found("deployment", "deployment", ".spec.template.spec.containers[0].image"), "example.org/image:1");
        assert.deepEqual(await plan(), []);
    });

    it("tells what the API server refuses, in a preview already, and goes on once it is mended", async () => {
        await say({ deployment: deployment("deployment", { replicas: -1 }, SKIP_AWAIT) });
        for (const args of [["preview"], ["up", ...NOW]]) {
            assert.match(await run("badly", ...args), /Deployment\.apps "deployment" is invalid: spec\.replicas: Invalid value: -1/);
        }
        await say({ deployment: deployment("deployment", { replicas: 3 }, SKIP_AWAIT) });
        await up();
        assert.equal(await found("deployment", "deployment", ".spec.replicas"), "3");
    });

    it("leaves others' fields alone, unless told to take them", async () => {
        await cluster.kubectl("patch", "serviceaccount", "account", "--type=merge", "--field-manager=somebody", "--patch", OWNER, ...IN);
        await say({ account: account({ labels: { owner: "us" } }) });
        assert.match(await up("badly"), /conflict with "somebody".*: \.metadata\.labels\.owner/);
        assert.equal(await found("serviceaccount", "account", ".metadata.labels.owner"), "somebody");
        await say({ account: account({ labels: { owner: "us" }, annotations: { "pulumi.com/patchForce": "true" } }) });
        await up();
        assert.equal(await found("serviceaccount", "account", ".metadata.labels.owner"), "us");
    });

    it("doesn't take over what somebody else has made otherwise", async () => {
        await cluster.kubectl("create", "configmap", "taken", "--from-literal=a=b", ...IN);
        await say({ taken: configMap("taken", { a: "c" }) });
        // As the version of the provider goes: some create, and some apply.
        assert.match(await up("badly"), /already exists|conflict with "kubectl-create".*: \.data\.a/);
        assert.equal(await found("configmap", "taken", ".data.a"), "b");
        await drop("taken");
        assert.deepEqual(await plan(), []);
    });

    it("imports what is there", async () => {
        await run("well", "import", "kubernetes:core/v1:ConfigMap", "taken", `${NAMESPACE}/taken`, ...NOW, "--generate-code=false", "--protect=false");
        await say({ taken: configMap("taken", { a: "b" }) });
        assert.deepEqual(await plan(), []);
    });

    it("previews without an API server, but does nothing else without", async () => {
        const dead = path.join(folder, "dead.kubeconfig");
        // Nothing listens on port 1.
        await writeFile(dead, (await readFile(cluster.env.KUBECONFIG, "utf8")).replace(/(server: .*):\d+/, "$1:1"));
        await say({ account: account({ labels: { owner: "nobody" }, annotations: { "pulumi.com/patchForce": "true" } }) });
        assert.equal((await project.pulumiWithout(dead, "preview")).exitCode, 0);
        for (const command of ["up", "refresh", "destroy"]) {
            const { exitCode, output } = await project.pulumiWithout(dead, command, ...NOW);
            assert.notEqual(exitCode, 0, output);
            assert.match(output, /configured Kubernetes cluster is unreachable: .*127\.0\.0\.1:1/);
        }
        assert.deepEqual(await plan(), ["update account"]);
        await up();
    });

    it("waits until a rollout's pods are ready", async () => {
        await say({ rollout: deployment("rollout", {}, {}, { customTimeouts: { create: "120s" } }) });
        let ended = false;
        const done = up().finally(() => { ended = true; });
        let pod = "";
        for (; pod === "" && !ended; pod = await cluster.kubectl("get", "pods", ...IN, "--selector", "app=rollout", "--output", "name")) {
            await delay(500);
        }
        await delay(2000);
        assert.equal(ended, false);
        await cluster.kubectl("patch", pod, ...IN, "--subresource", "status", "--patch", RUNNING, ...AS_NODE_CONTROLLER);
        await done;
    });

    it("fails for what doesn't become ready in time, says why, and keeps it for the next update", async () => {
        await say({ late: deployment("late", {}, {}, { customTimeouts: { create: "3s", update: "3s" } }) });
        assert.match(await up("badly"), /timed out waiting to be Ready[^]*Minimum number of live Pods was not attained/);
        assert.deepEqual(await plan(), ["update late"]);
        await say({ late: deployment("late", {}, SKIP_AWAIT) });
        await up();
        assert.deepEqual(await plan(), []);
    });

    it("waits for what it deletes, and fails with what holds it", async () => {
        await cluster.kubectl("patch", "configmap", "taken", "--type=merge", "--patch", JSON.stringify({ metadata: { finalizers: ["example.org/hold"] } }), ...IN);
        await say({ taken: { ...configMap("taken", { a: "b" }), options: { customTimeouts: { delete: "3s" } } } });
        await up();
        await drop("taken");
        assert.match(await up("badly"), /timed out waiting to be deleted|finalizers might be preventing/);
        await cluster.kubectl("patch", "configmap", "taken", "--type=merge", "--patch", JSON.stringify({ metadata: { finalizers: null } }), ...IN);
        await up();
        await run("well", "destroy", ...NOW);
        assert.equal(await cluster.kubectl("get", "namespace", NAMESPACE, "--ignore-not-found"), "");
    });
});
