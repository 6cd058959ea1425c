import assert from "node:assert/strict";
import { createConnection } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Context } from "mocha";
import { TestCluster } from "../cluster/cluster";
import { Program } from "../cluster/program";

interface Pod {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string; readonly lastTransitionTime: string }[] };
}

/** Milliseconds for pods to be ready on an emulated machine. */
const PATIENCE = 300_000;

/** The stack `local` on a cluster with a node. */
export class NodeSetting {
    private constructor(readonly cluster: TestCluster, readonly program: Program) {}

    static async start(context: Context): Promise<NodeSetting> {
        const cluster = await TestCluster.start(context, "what holds on a node", true);
        const program = await Program.copy(cluster.env);
        for (const args of [["stack", "init", "local"], ["up", "--stack", "local", "--yes", "--policy-pack", "policy"]]) {
            const { exitCode, output } = await program.pulumi(...args);
            assert.equal(exitCode, 0, output);
        }
        return new NodeSetting(cluster, program);
    }

    async stop(): Promise<void> {
        await this.program.remove();
        await this.cluster.stop();
    }

    /** Pods that have become ready since then. */
    private async ready(since: number): Promise<string[]> {
        const pods = await this.cluster.list<Pod>("pods");
        return pods
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
            assert.ok(Date.now() < end, `no pod ${prefix} is ready after ${String(PATIENCE / 1000)} s: ${await this.cluster.kubectl("get", "pods", "-A").catch(String)}`);
        }
    }

    /** Restarts the node as a power cut would. @returns when, in milliseconds */
    async cutPower(): Promise<number> {
        const socket = createConnection(await this.cluster.nodeControl());
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
        return Date.now();
    }
}
