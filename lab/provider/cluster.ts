import { CLUSTER_SCOPED } from "./builtin";
import { Client, MEDIA, type Query } from "./client";
import { Discovery } from "./discovery";
import { loadKubeConfig } from "./kubeconfig";
import { apiVersionOf, kindOf, namespaceOf, type KubernetesObject } from "./object";
import type { Settings } from "./settings";
import { listAt, type Values } from "./values";

/** The objects of a cluster that answers. */
export class Cluster {
    readonly discovery: Discovery;

    constructor(readonly client: Client) {
        this.discovery = new Discovery(client);
    }

    async get(object: KubernetesObject): Promise<KubernetesObject> {
        return this.client.call({ method: "GET", path: await this.discovery.pathOf(object) });
    }

    async create(object: KubernetesObject, query: Query): Promise<KubernetesObject> {
        const { collection } = await this.discovery.find(apiVersionOf(object), kindOf(object));
        return this.client.call({ method: "POST", path: collection(namespaceOf(object) || "default"), query, body: object });
    }

    /** Server-side apply. */
    async apply(object: KubernetesObject, query: Query): Promise<KubernetesObject> {
        return this.client.call({ method: "PATCH", path: await this.discovery.pathOf(object), query, body: object, media: MEDIA.apply });
    }

    async replace(object: KubernetesObject, query: Query): Promise<KubernetesObject> {
        return this.client.call({ method: "PUT", path: await this.discovery.pathOf(object), query, body: object });
    }

    async patch(object: KubernetesObject, operations: readonly Values[]): Promise<KubernetesObject> {
        return this.client.call({ method: "PATCH", path: await this.discovery.pathOf(object), body: operations, media: MEDIA.jsonPatch });
    }

    async delete(object: KubernetesObject, options: Values): Promise<void> {
        await this.client.call({ method: "DELETE", path: await this.discovery.pathOf(object), body: { apiVersion: "v1", kind: "DeleteOptions", ...options } });
    }

    /** Objects of a kind in a namespace that have the labels. */
    async list(apiVersion: string, kind: string, namespace: string, labels: Readonly<Record<string, string>>): Promise<KubernetesObject[]> {
        const { collection } = await this.discovery.find(apiVersion, kind);
        const labelSelector = Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(",");
        return listAt(await this.client.call({ method: "GET", path: collection(namespace), query: { labelSelector } }), "items") as KubernetesObject[];
    }
}

/** What the provider is connected to; without a cluster a preview still compares the program with the state. */
export interface Connection {
    readonly namespace: string;
    readonly cluster: Cluster | { readonly unreachable: string };
}

/** The kubeconfig's cluster, or why there is none. */
export async function connect(settings: Settings, userAgent: string, env: NodeJS.ProcessEnv): Promise<Connection> {
    let namespace = settings.namespace === "" ? "default" : settings.namespace;
    try {
        const config = loadKubeConfig(settings, env);
        namespace = settings.namespace || (config.getContextObject(config.getCurrentContext())?.namespace ?? "default");
        const client = new Client(config, userAgent);
        await client.call({ method: "GET", path: "/version" });
        return { namespace, cluster: new Cluster(client) };
    } catch (error) {
        return { namespace, cluster: { unreachable: (error as Error).message.split("\n")[0] ?? "" } };
    }
}

/** @throws Error saying why there is no cluster */
export function reached({ cluster }: Connection): Cluster {
    if (!(cluster instanceof Cluster)) {
        throw new Error(`configured Kubernetes cluster is unreachable: ${cluster.unreachable}`);
    }
    return cluster;
}

/** Whether objects of the kind belong to a namespace, as far as it can be told without the API server. */
export async function isNamespaced({ cluster }: Connection, apiVersion: string, kind: string): Promise<boolean> {
    return cluster instanceof Cluster ? cluster.discovery.isNamespaced(apiVersion, kind) : !CLUSTER_SCOPED.has(kind);
}
