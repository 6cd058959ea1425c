import type { Answer, Call } from "../../lab/cluster/api";
import type { Api } from "./api";

const CORE = "/api/v1/namespaces/wikifunctions";
const APPS = "/apis/apps/v1/namespaces/wikifunctions";
const SLICES = "/apis/discovery.k8s.io/v1/namespaces/wikifunctions/endpointslices";
const account = (name: string): string => `system:serviceaccount:kube-system:${name}`;
const SCHEDULER = "system:kube-scheduler";

interface Pod {
    readonly metadata: { readonly labels: object; readonly ownerReferences: readonly [{ readonly name: string }] };
    readonly spec: { readonly nodeName?: string };
}
interface ReplicaSet { readonly metadata: { readonly labels: object; readonly ownerReferences: object }; readonly spec: object }

/** Somebody does what is the work of one of Kubernetes' own, with an object that couldn't be told from theirs. */
export interface Claim {
    readonly what: string;
    /** Whose work it is. */
    readonly whose: string;
    /** @param pod name of one that a controller has made */
    readonly request: (api: Api, pod: string) => Promise<{ readonly path: string } & Call>;
}

const get = async <Found>(api: Api, path: string): Promise<Found> => (await api.ask(path)).body as Found;
const podOf = (api: Api, pod: string): Promise<Pod> => get<Pod>(api, `${CORE}/pods/${pod}`);
const replicaSetOf = async (api: Api, pod: string): Promise<string> => `${APPS}/replicasets/${(await podOf(api, pod)).metadata.ownerReferences[0].name}`;
const bindingOf = (pod: string): object => ({ apiVersion: "v1", kind: "Binding", metadata: { name: pod, namespace: "wikifunctions" }, target: { kind: "Node", name: "chosen" } });
const post = (path: string, body: object): { path: string } & Call => ({ path, method: "POST", body });
const patch = (path: string, body: object): { path: string } & Call => ({ path, method: "PATCH", type: "application/merge-patch+json", body });

export const CLAIMS: readonly Claim[] = [
    {
        what: "makes a pod that claims to be of a ReplicaSet",
        whose: account("replicaset-controller"),
        request: async (api, pod) => {
            const { metadata: { labels, ownerReferences }, spec } = await podOf(api, pod);
            return post(`${CORE}/pods`, { apiVersion: "v1", kind: "Pod", metadata: { generateName: "orchestrator-", labels, ownerReferences }, spec: { ...spec, nodeName: undefined } });
        },
    },
    {
        what: "makes a ReplicaSet that claims to be of a Deployment",
        whose: account("deployment-controller"),
        request: async (api, pod) => {
            const { metadata: { labels, ownerReferences }, spec } = await get<ReplicaSet>(api, await replicaSetOf(api, pod));
            return post(`${APPS}/replicasets`, { apiVersion: "apps/v1", kind: "ReplicaSet", metadata: { name: "claimed", labels, ownerReferences }, spec });
        },
    },
    { what: "has a ReplicaSet make more pods", whose: account("deployment-controller"), request: async (api, pod) => patch(await replicaSetOf(api, pod), { spec: { replicas: 3 } }) },
    { what: "takes a pod from its ReplicaSet", whose: account("replicaset-controller"), request: (_, pod) => Promise.resolve(patch(`${CORE}/pods/${pod}`, { metadata: { ownerReferences: [] } })) },
    { what: "binds a pod to a node", whose: SCHEDULER, request: (_, pod) => Promise.resolve(post(`${CORE}/pods/${pod}/binding`, bindingOf(pod))) },
    { what: "binds a pod to a node in the older way", whose: SCHEDULER, request: (_, pod) => Promise.resolve(post(`${CORE}/bindings`, bindingOf(pod))) },
    {
        what: "puts an address of its own behind a Service",
        whose: account("endpointslice-controller"),
        request: () => Promise.resolve(post(SLICES, { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", metadata: { name: "claimed", labels: { "kubernetes.io/service-name": "orchestrator" } }, addressType: "IPv4", endpoints: [{ addresses: ["10.0.0.1"] }] })),
    },
];

/** Sends it in somebody's name, or in the deployer's, whose dry runs are previews. */
export async function claim(api: Api, { request }: Claim, pod: string, { as, dryRun }: { readonly as?: string; readonly dryRun: boolean }): Promise<Answer> {
    const { path, ...call } = await request(api, pod);
    return api.ask(`${path}${dryRun ? "?dryRun=All" : ""}`, { ...call, as });
}
