import { setTimeout as delay } from "node:timers/promises";
import type { KubeConfig, Watch } from "@kubernetes/client-node";
import { ClusterApi } from "../../../lab/cluster/api";
import type { TestCluster } from "../cluster";
import { keyOf, momentsOf, type Event, type History, type Watched } from "./events";

/** What is recorded, in all namespaces: path of the list, by kind. */
const KINDS = {
    Pod: "/api/v1/pods",
    Namespace: "/api/v1/namespaces",
    ConfigMap: "/api/v1/configmaps",
    ResourceQuota: "/api/v1/resourcequotas",
    LimitRange: "/api/v1/limitranges",
    PriorityClass: "/apis/scheduling.k8s.io/v1/priorityclasses",
    NetworkPolicy: "/apis/networking.k8s.io/v1/networkpolicies",
    DaemonSet: "/apis/apps/v1/daemonsets",
    EndpointSlice: "/apis/discovery.k8s.io/v1/endpointslices",
    ValidatingAdmissionPolicy: "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies",
    ValidatingAdmissionPolicyBinding: "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings",
} as const;
/** Milliseconds for the last events to come in. */
const PATIENCE = 20_000;
const LOOK = 100;

interface List {
    readonly metadata: { readonly resourceVersion: string };
    readonly items: readonly Omit<Watched, "kind">[];
}

/** Records every change of what confines pods, and of the pods, by watches of the API server. */
export class Recording {
    private readonly events: Event[] = [];
    private readonly watches: AbortController[] = [];
    private broken: Error | undefined;
    private since = 0;

    private constructor(private readonly api: ClusterApi) {}

    static async start(cluster: TestCluster): Promise<Recording> {
        const { KubeConfig: Config, Watch: Watcher } = await import("@kubernetes/client-node");
        const config: KubeConfig = new Config();
        config.loadFromFile(cluster.env.KUBECONFIG);
        const recording = new Recording(new ClusterApi(cluster.env.KUBECONFIG));
        const watch: Watch = new Watcher(config);
        await Promise.all(Object.keys(KINDS).map((kind) => recording.follow(kind as keyof typeof KINDS, watch)));
        return recording;
    }

    private async list(kind: keyof typeof KINDS): Promise<{ readonly revision: string; readonly objects: Watched[] }> {
        const { metadata, items } = (await this.api.ask(KINDS[kind])).body as List;
        // Items of a list don't say their kind.
        return { revision: metadata.resourceVersion, objects: items.map((item) => ({ ...item, kind }) as Watched) };
    }

    private async follow(kind: keyof typeof KINDS, watch: Watch): Promise<void> {
        const { revision, objects } = await this.list(kind);
        this.since = Math.max(this.since, Number(revision));
        this.events.push(...objects.map((object): Event => ({ type: "ADDED", object })));
        const note = (type: string, object: Watched): void => {
            if (type === "ERROR") {
                this.broken = new Error(`The watch of ${kind}: ${JSON.stringify(object)}`);
            } else {
                this.events.push({ type: type as Event["type"], object });
            }
        };
        const controller = await watch.watch(KINDS[kind], { resourceVersion: revision }, note, (error: unknown) => {
            this.broken ??= new Error(`The watch of ${kind} ended before the recording did.`, { cause: error });
        });
        this.watches.push(controller);
    }

    /**
     * Ends it, once its last moment is what the API server lists.
     * @throws Error where a watch has ended before, or an event is missing: a recording with holes would prove nothing
     */
    async stop(): Promise<History> {
        try {
            for (const end = Date.now() + PATIENCE; ; await delay(LOOK)) {
                if (this.broken !== undefined) {
                    throw this.broken;
                }
                const missing = await this.differences();
                if (missing.length === 0) {
                    return this.history();
                }
                if (Date.now() > end) {
                    throw new Error(`The recording doesn't end in what the cluster has: ${missing.join(", ")}`);
                }
            }
        } finally {
            this.watches.forEach((controller) => { controller.abort(); });
            this.api.close();
        }
    }

    private history(): History {
        return { since: this.since, events: [...this.events] };
    }

    /** Keys and revisions that only the recording or only the cluster has. */
    private async differences(): Promise<string[]> {
        const versionOf = (object: Watched): string => `${keyOf(object)}@${object.metadata.resourceVersion}`;
        const lists = await Promise.all(Object.keys(KINDS).map((kind) => this.list(kind as keyof typeof KINDS)));
        const live = new Set(lists.flatMap(({ objects }) => objects.map(versionOf)));
        let recorded = new Set<string>();
        for (const { objects } of momentsOf(this.history())) {
            recorded = new Set([...objects.values()].map(versionOf));
        }
        return [...[...live].filter((version) => !recorded.has(version)), ...[...recorded].filter((version) => !live.has(version))];
    }
}
