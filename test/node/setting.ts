import assert from "node:assert/strict";
import { createConnection } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Context } from "mocha";
import { TestCluster } from "../cluster/cluster";
import { Program } from "../cluster/program";
import { skip } from "../missing";
import { clusterOf, Observer, type Cluster } from "./observer";

interface Pod {
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string; readonly lastTransitionTime: string }[] };
}

/** Milliseconds for pods to be ready on an emulated machine. */
const PATIENCE = 300_000;

/** Of every evaluator. */
const PORT = 6927;
const NAMESPACE = "wikifunctions";

/** The stack `local` on a cluster with a node. */
export class NodeSetting implements Cluster {
    private constructor(
        readonly kubeconfig: string,
        readonly observer: Observer,
        private readonly own: { readonly cluster: TestCluster; readonly program: Program } | undefined,
    ) {}

    /** @throws a skip of the suite where there can be no node */
    private static async start(context: Context): Promise<NodeSetting> {
        const given = process.env["WIKIFUNCTIONS_TEST_KUBECONFIG"];
        if (given !== undefined) {
            return new NodeSetting(given, await Observer.start(clusterOf(given)), undefined);
        }
        const cluster = await TestCluster.start(context, "what holds on a node", true);
        const program = await Program.copy(cluster.env);
        for (const args of [["stack", "init", "local"], ["up", "--stack", "local", "--yes", "--policy-pack", "policy"]]) {
            const { exitCode, output } = await program.pulumi(...args);
            assert.equal(exitCode, 0, output);
        }
        return new NodeSetting(cluster.env.KUBECONFIG, await Observer.start(clusterOf(cluster.env.KUBECONFIG)), { cluster, program });
    }

    private static shared: Promise<NodeSetting> | undefined;

    /** One for all files of tests: a node is a machine that has to boot. */
    static get(context: Context): Promise<NodeSetting> {
        return NodeSetting.shared ??= NodeSetting.start(context);
    }

    /** Takes the shared one down, if there is one. */
    static async stop(): Promise<void> {
        const setting = await NodeSetting.shared?.catch(() => undefined);
        setting?.observer.close();
        await setting?.own?.program.remove();
        await setting?.own?.cluster.stop();
    }

    kubectl(...args: readonly string[]): Promise<string> {
        return clusterOf(this.kubeconfig).kubectl(...args);
    }

    /** What code prints that an evaluator's pod is asked to run. @param pod of an evaluator, in the sandbox's namespace */
    async evaluate(pod: string, code: string): Promise<string> {
        const address = await this.kubectl("get", "pod", pod, "--namespace", NAMESPACE, "--output", "jsonpath={.status.podIP}");
        const { stdout, stderr } = await this.observer.post(address, PORT, "/1/v1/evaluate", { code }, PATIENCE) as { stdout: string; stderr: string };
        assert.equal(stderr, "");
        return stdout.trim();
    }

    /** The stack's program and its CLI, if the cluster is the tests' own. */
    program(context: Context): Program {
        return (this.own ?? skip(context, "what the stack's own update brings", "a node of the tests' own", "unset WIKIFUNCTIONS_TEST_KUBECONFIG")).program;
    }

    /** The profiles that the node's kernel has, each with its mode, e.g. `wikifunctions-orchestrator-0123456789ab (enforce)`. */
    async profiles(): Promise<string[]> {
        return (await this.observer.file("/sys/kernel/security/apparmor/profiles")).split("\n").filter((line) => line.startsWith("wikifunctions-")).sort();
    }

    /** Pods that have become ready since then. */
    private async ready(since: number): Promise<string[]> {
        const { items } = JSON.parse(await this.kubectl("get", "pods", "--all-namespaces", "--output", "json")) as { items: Pod[] };
        return items
            .filter(({ status }) => status.conditions?.some(({ type, status: is, lastTransitionTime }) => type === "Ready" && is === "True" && Date.parse(lastTransitionTime) >= since))
            .map(({ metadata }) => metadata.name);
    }

    /** Waits until a pod whose name begins so is ready, and has become so since a moment. @returns its name */
    async untilReady(prefix: string, since = 0): Promise<string> {
        for (const end = Date.now() + PATIENCE; ; await delay(1000)) {
            const name = (await this.ready(since)).find((candidate) => candidate.startsWith(prefix));
            if (name !== undefined) {
                return name;
            }
            assert.ok(Date.now() < end, `no pod ${prefix} is ready after ${String(PATIENCE / 1000)} s: ${await this.kubectl("get", "pods", "-A").catch(String)}`);
        }
    }

    /** Restarts the node as a power cut would, if it is the tests' own. @returns when, in milliseconds */
    async cutPower(context: Context): Promise<number> {
        const { cluster } = this.own ?? skip(context, "a power cut", "a node of the tests' own", "unset WIKIFUNCTIONS_TEST_KUBECONFIG");
        const socket = createConnection(await cluster.nodeControl());
        await new Promise<void>((resolve, reject) => {
            let answers = 0;
            socket.on("error", reject).on("data", (data) => {
                answers += data.toString().split("\n").filter((line) => line.includes("return")).length;
                if (answers === 2) {
                    socket.end();
                    resolve();
                }
            });
            socket.write('{"execute":"qmp_capabilities"}\n{"execute":"system_reset"}\n');
        });
        // Its requests end with it.
        this.observer.close();
        return Date.now();
    }
}

// For all files together.
after(() => NodeSetting.stop());
