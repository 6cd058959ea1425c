import { setTimeout as delay } from "node:timers/promises";
import { ClusterApi } from "../../../lab/cluster/api";
import type { TestCluster } from "../cluster";
import { readyEndpoints, SERVICE_NAME, type EndpointSlice } from "./serving";

/** Milliseconds between two requests of a client. */
const PAUSE = 50;
/** For each Service. */
const CLIENTS = 2;

/** How the clients fared. */
export interface Served {
    /** Requests that found a ready pod, by Service. */
    readonly requests: Readonly<Record<string, number>>;
    readonly failures: readonly string[];
}

/**
 * Clients of some Services that go on asking until told to stop. Nothing runs on the node's stand-in that could answer: a request here is
 * what comes before one, the look-up of the Service's endpoints, as kube-proxy does it, among which one has to be ready.
 * @returns tells them to stop
 */
export function load(cluster: TestCluster, namespace: string, services: readonly string[]): () => Promise<Served> {
    const api = new ClusterApi(cluster.env.KUBECONFIG);
    const requests = Object.fromEntries(services.map((service) => [service, 0]));
    const failures: string[] = [];
    let stopped = false;
    const ask = async (service: string): Promise<void> => {
        const { code, body } = await api.ask(`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?labelSelector=${encodeURIComponent(`${SERVICE_NAME}=${service}`)}`);
        const { items = [] } = body as { items?: EndpointSlice[] };
        if (code === 200 && readyEndpoints(items) > 0) {
            requests[service] = (requests[service] ?? 0) + 1;
        } else {
            failures.push(`${service}: ${code === 200 ? "no ready pod" : `HTTP ${String(code)}`}`);
        }
    };
    const client = async (service: string): Promise<void> => {
        for (; !stopped; await delay(PAUSE)) {
            await ask(service);
        }
    };
    const done = Promise.all(services.flatMap((service) => Array.from({ length: CLIENTS }, () => client(service))));
    // What went wrong is told by whoever stops it.
    done.catch(() => undefined);
    return async () => {
        stopped = true;
        await done;
        api.close();
        return { requests, failures };
    };
}
