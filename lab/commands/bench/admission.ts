import { ClusterApi, type Call } from "../../cluster/api";
import { Problem } from "../../../cli/problem";
import { step } from "../../../cli/progress";

/** Dry runs that a figure is the mean of. */
const REQUESTS = 200;
const NAMESPACE = "wikifunctions";

/** What one dry run of a pod takes, in milliseconds: as a controller makes it, and as a deployer previews it, whom the policies let pass. */
export interface AdmissionFigures {
    readonly judged: number;
    readonly free: number;
}

/** Makes the pods of Deployments; a dry run in its name is judged as its pods are, where a deployer's is a preview. */
const CONTROLLER = "system:serviceaccount:kube-system:replicaset-controller";

/** @throws Problem with the API server's words, where it refuses */
async function succeed(api: ClusterApi, path: string, call: Call = {}): Promise<unknown> {
    const { code, body } = await api.ask(path, call);
    if (code >= 400) {
        throw new Problem(`${call.method ?? "GET"} ${path}: ${JSON.stringify(body)}`);
    }
    return body;
}

async function perRequest(work: () => Promise<unknown>): Promise<number> {
    const started = performance.now();
    for (let turn = 0; turn < REQUESTS; turn += 1) {
        await work();
    }
    return (performance.now() - started) / REQUESTS;
}

/**
 * Asks the embedded cluster, to which the stack has to be deployed, to admit pods. What goes beyond the API server's budget for expressions
 * is refused, so that these pods are within it.
 * @param kubeconfig of the cluster: a file
 */
export async function benchAdmission(kubeconfig: string): Promise<AdmissionFigures> {
    const api = new ClusterApi(kubeconfig);
    try {
        const { items } = await succeed(api, `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`) as { items: { metadata: { name: string; uid: string }; spec: { template: { metadata: object; spec: object } } }[] };
        const orchestrator = items.find(({ metadata: { name } }) => name === "orchestrator");
        if (orchestrator === undefined) {
            throw new Problem("The stack isn't deployed to the embedded cluster: npm start deploys it.");
        }
        const { metadata, spec } = orchestrator.spec.template;
        const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: "bench", uid: orchestrator.metadata.uid, controller: true };
        const pod = { apiVersion: "v1", kind: "Pod", metadata: { ...metadata, generateName: "bench-", ownerReferences: [owner] }, spec };
        const dryRun = (as?: string): Promise<unknown> => succeed(api, `/api/v1/namespaces/${NAMESPACE}/pods?dryRun=All`, { method: "POST", body: pod, as });
        const judged = await step(`${String(REQUESTS)} pods that the policies judge`, () => perRequest(() => dryRun(CONTROLLER)));
        const free = await step(`${String(REQUESTS)} pods that they let pass unjudged`, () => perRequest(() => dryRun()));
        return { judged, free };
    } finally {
        api.close();
    }
}

/** The figures in words, for a terminal. */
export function inWords({ judged, free }: AdmissionFigures): string {
    return [
        `${"milliseconds a pod".padEnd(38)}${"mean".padStart(9)}`,
        `${"judged by the admission policies".padEnd(38)}${judged.toFixed(2).padStart(9)}`,
        `${"let pass unjudged".padEnd(38)}${free.toFixed(2).padStart(9)}`,
        "",
    ].join("\n");
}
