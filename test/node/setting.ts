import assert from "node:assert/strict";
import { createConnection } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Context } from "mocha";
import { folders, labEnvironment } from "../../lab";
import { Lab } from "../cluster/lab/lab";
import { Program } from "../cluster/program";
import { skipWithoutNode, whyNone } from "./available";
import { clusterOf, Observer, type Cluster } from "./observer";

interface Pod {
    readonly metadata: { readonly name: string; readonly namespace: string; readonly deletionTimestamp?: string };
    readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string; readonly lastTransitionTime: string }[] };
}

/** Milliseconds for pods to be ready on an emulated machine. */
const PATIENCE = 300_000;
const ATTEMPTS = 5;

/** Of every evaluator. */
const PORT = 6927;
const NAMESPACE = "wikifunctions";

/** Folder of a lab to use, with a node or none yet, and to leave as it is. */
const GIVEN = "WIKIFUNCTIONS_TEST_LAB";

/** What `npm start` says where there can be no node, and why. */
const ALONE = /The control plane stands alone\. (.*)/;

/** What `npm start` makes: the stack `local` on a cluster with a node. */
export class NodeSetting implements Cluster {
    private constructor(
        private readonly lab: Lab,
        readonly kubeconfig: string,
        readonly observer: Observer,
        /** The stack's program, to be changed and deployed again. */
        readonly program: Program,
    ) {}

    /** @returns why there can be none, where that is so */
    private static async start(): Promise<NodeSetting | string> {
        const given = process.env[GIVEN];
        const none = given === undefined ? await whyNone() : undefined;
        if (none !== undefined) {
            return none;
        }
        const lab = given === undefined ? await Lab.create() : Lab.at(given);
        try {
            const { exitCode, all = "" } = await lab.command("npm", ["start"]);
            assert.equal(exitCode, 0, all);
            const [, missing] = ALONE.exec(all) ?? [];
            if (missing !== undefined) {
                await lab.remove();
                return missing;
            }
            const env = await labEnvironment(lab.directory, folders(lab.directory).bin);
            // npm start waits for no pod. A pod that is on its way up would pass for what a test has made.
            const cluster = clusterOf(env.KUBECONFIG);
            for (const deployment of (await cluster.kubectl("get", "deployments", "--namespace", NAMESPACE, "--output", "name")).split("\n")) {
                await cluster.kubectl("rollout", "status", deployment, "--namespace", NAMESPACE, `--timeout=${String(PATIENCE / 1000)}s`);
            }
            return new NodeSetting(lab, env.KUBECONFIG, await Observer.start(cluster), await Program.copy(env));
        } catch (error) {
            await lab.remove();
            throw error;
        }
    }

    private static shared: ReturnType<typeof NodeSetting.start> | undefined;

    /** One for all files of tests: a node is a machine that has to boot. @throws a skip of the suite where there can be no node */
    static async get(context: Context): Promise<NodeSetting> {
        const setting = await (NodeSetting.shared ??= NodeSetting.start());
        return typeof setting === "string" ? skipWithoutNode(context, "what holds on a node, and the attacks", setting) : setting;
    }

    /** Takes the shared one down, if there is one. */
    static async stop(): Promise<void> {
        const setting = await NodeSetting.shared?.catch(() => undefined);
        NodeSetting.shared = undefined;
        if (setting === undefined || typeof setting === "string") {
            return;
        }
        setting.observer.close();
        await setting.program.remove();
        await setting.lab.remove();
    }

    /** Deploys the program as it is now. @returns when that began, in milliseconds */
    async deploy(...options: readonly string[]): Promise<number> {
        const since = Date.now();
        const { exitCode, output } = await this.program.pulumi("up", "--stack", "local", "--yes", ...options);
        assert.equal(exitCode, 0, output);
        return since;
    }

    kubectl(...args: readonly string[]): Promise<string> {
        return clusterOf(this.kubeconfig).kubectl(...args);
    }

    /** What code prints that an evaluator's pod is asked to run. @param pod of an evaluator, in the sandbox's namespace */
    async evaluate(pod: string, code: string): Promise<string> {
        const address = await this.kubectl("get", "pod", pod, "--namespace", NAMESPACE, "--output", "jsonpath={.status.podIP}");
        for (let attempt = 1; ; attempt += 1) {
            const { stdout, stderr, timedOut } = await this.observer.post(address, PORT, "/1/v1/evaluate", { code }, PATIENCE) as { stdout: string; stderr: string; timedOut: boolean };
            // On an emulated machine that is busy, an interpreter's start alone may take longer than the evaluator waits.
            if (!timedOut || attempt === ATTEMPTS) {
                assert.deepEqual([stderr, timedOut], ["", false]);
                return stdout.trim();
            }
        }
    }

    /** The profiles that the node's kernel has, each with its mode, e.g. `wikifunctions-orchestrator-0123456789ab (enforce)`. */
    async profiles(): Promise<string[]> {
        return (await this.observer.file("/sys/kernel/security/apparmor/profiles")).split("\n").filter((line) => line.startsWith("wikifunctions-")).sort();
    }

    /** Pods that have become ready since then, and stay: one of an earlier roll-out may be ready to its end. */
    private async ready(since: number): Promise<string[]> {
        const { items } = JSON.parse(await this.kubectl("get", "pods", "--all-namespaces", "--output", "json")) as { items: Pod[] };
        return items
            .filter(({ metadata: { deletionTimestamp }, status }) => deletionTimestamp === undefined && status.conditions?.some(({ type, status: is, lastTransitionTime }) => type === "Ready" && is === "True" && Date.parse(lastTransitionTime) >= since))
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

    /** Restarts the node as a power cut would. @returns when, in milliseconds */
    async cutPower(): Promise<number> {
        const { run } = await this.lab.state();
        const socket = createConnection(path.join(run, "node.qmp"));
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
