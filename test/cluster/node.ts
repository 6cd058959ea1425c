import { setTimeout as delay } from "node:timers/promises";
import { ClusterApi } from "../../lab/cluster/api";
import type { TestCluster } from "./cluster";

interface Pod {
    readonly metadata: { readonly name: string; readonly namespace: string; readonly deletionTimestamp?: string };
    readonly spec: { readonly nodeName?: string; readonly containers: readonly { readonly image: string }[] };
    readonly status: { readonly phase: string };
}

const NODE = "stand-in";
/** Milliseconds between two looks at its pods. */
const POLL = 200;
/** Milliseconds between two signs of life; after 50 s without one the cluster takes a node for dead. */
const HEARTBEAT = 10_000;
const CAPACITY = { cpu: "128", memory: "256Gi", "ephemeral-storage": "100Gi", pods: "110" };
/** A pod's status is written by its node, and where that is silent, or there is none, by the controller of nodes. */
export const AS_NODE_CONTROLLER = ["--as=system:serviceaccount:kube-system:node-controller", "--as-group=system:masters"] as const;
const KUBELET = { as: `system:node:${NODE}`, groups: ["system:nodes"] } as const;
const PATCH = { ...KUBELET, method: "PATCH", type: "application/strategic-merge-patch+json" } as const;

/**
 * Stands in for a node: pods are scheduled to it, those whose image starts run and are ready at once, and those that are deleted end.
 * Nothing runs in truth: no profile is loaded, and no NetworkPolicy is kept.
 * @param starts whether an image starts
 * @returns ends it
 */
export async function standInForNode(cluster: TestCluster, starts: (image: string) => boolean = () => true): Promise<() => Promise<void>> {
    const api = new ClusterApi(cluster.env.KUBECONFIG);
    let stopped = false;
    let addresses = 0;
    const live = async (): Promise<void> => {
        const now = new Date().toISOString();
        const conditions = [{ type: "Ready", status: "True", reason: "StandIn", lastHeartbeatTime: now }];
        await api.ask(`/api/v1/nodes/${NODE}/status`, { ...PATCH, body: { status: { conditions, capacity: CAPACITY, allocatable: CAPACITY } } });
    };
    const tend = async ({ metadata: { name, namespace, deletionTimestamp }, spec, status: { phase } }: Pod): Promise<void> => {
        const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
        if (deletionTimestamp !== undefined) {
            await api.ask(`${path}?gracePeriodSeconds=0`, { ...KUBELET, method: "DELETE" });
        } else if (phase === "Pending" && spec.containers.every(({ image }) => starts(image))) {
            addresses += 1;
            const podIP = `10.244.${String(Math.floor(addresses / 250))}.${String((addresses % 250) + 1)}`;
            await api.ask(`${path}/status`, { ...PATCH, body: { status: { phase: "Running", podIP, podIPs: [{ ip: podIP }], conditions: [{ type: "Ready", status: "True" }] } } });
        }
    };
    const work = async (): Promise<void> => {
        for (let last = 0; !stopped; await delay(POLL)) {
            if (Date.now() - last > HEARTBEAT) {
                await live();
                last = Date.now();
            }
            const { items } = (await api.ask("/api/v1/pods")).body as { items: Pod[] };
            await Promise.all(items.filter(({ spec }) => spec.nodeName === NODE).map(tend));
        }
    };
    await api.ask("/api/v1/nodes", { method: "POST", body: { apiVersion: "v1", kind: "Node", metadata: { name: NODE, labels: { "kubernetes.io/os": "linux", "kubernetes.io/hostname": NODE } } } });
    const done = work();
    // What went wrong is told by whoever stops it, not by a rejection that nobody handles in the meantime.
    done.catch(() => undefined);
    return async () => {
        stopped = true;
        await done;
        api.close();
    };
}
