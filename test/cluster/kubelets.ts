import { setTimeout as delay } from "node:timers/promises";
import type { TestCluster } from "./cluster";

interface Pod {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly status: { readonly phase: string };
}

const POLL = 500;
/** A pod's status is written by its node, and where that is silent by the controller of nodes; here there is none. */
export const AS_NODE_CONTROLLER = ["--as=system:serviceaccount:kube-system:node-controller", "--as-group=system:masters"] as const;

/** Stands in for the kubelets of a cluster without nodes: says of every pod that it runs and is ready, until told to stop. */
export function standInForKubelets(cluster: TestCluster): () => Promise<void> {
    let stopped = false;
    let addresses = 0;
    const report = async ({ metadata: { name, namespace } }: Pod): Promise<void> => {
        addresses += 1;
        const podIP = `10.244.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`;
        const status = { phase: "Running", podIP, podIPs: [{ ip: podIP }], conditions: [{ type: "Ready", status: "True" }] };
        // It may be gone by now.
        await cluster.kubectl("patch", "pod", name, "--namespace", namespace, "--subresource", "status", "--patch", JSON.stringify({ status }), ...AS_NODE_CONTROLLER).catch(() => undefined);
    };
    const work = async (): Promise<void> => {
        for (; !stopped; await delay(POLL)) {
            const pods = await cluster.list<Pod>("pods");
            await Promise.all(pods.filter(({ status }) => status.phase === "Pending").map(report));
        }
    };
    const done = work();
    // What went wrong is told by whoever stops it, not by a rejection that nobody handles in the meantime.
    done.catch(() => undefined);
    return async () => {
        stopped = true;
        await done;
    };
}
