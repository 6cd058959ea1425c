import { readFile } from "node:fs/promises";
import { Agent, request } from "node:https";
import { parse } from "yaml";
import { Problem } from "../../problem";
import { step } from "../../progress";

/** Dry runs that a figure is the mean of. */
const REQUESTS = 200;
const NAMESPACE = "wikifunctions";

/** What one dry run of a pod takes, in milliseconds: as a controller makes it, and as a deployer previews it, whom the policies let pass. */
export interface AdmissionFigures {
    readonly judged: number;
    readonly free: number;
}

interface Kubeconfig {
    readonly clusters: readonly [{ readonly cluster: { readonly server: string; readonly "certificate-authority": string } }];
    readonly users: readonly [{ readonly user: { readonly token: string } }];
}

/** Makes the pods of Deployments; a dry run in its name is judged as its pods are, where a deployer's is a preview. */
const CONTROLLER = "system:serviceaccount:kube-system:replicaset-controller";

type Ask = (method: string, path: string, body?: unknown, as?: string) => Promise<string>;

function client(server: string, token: string, ca: string): { ask: Ask; close: () => void } {
    const agent = new Agent({ keepAlive: true, ca });
    const ask: Ask = (method, path, body, as) => new Promise((resolve, reject) => {
        const sent = request(`${server}${path}`, { method, agent, headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...(as === undefined ? {} : { "impersonate-user": as, "impersonate-group": "system:masters" }) } }, (response) => {
            let text = "";
            response.on("data", (part: Buffer) => { text += part.toString(); });
            response.on("end", () => {
                if ((response.statusCode ?? 500) < 400) {
                    resolve(text);
                } else {
                    reject(new Problem(`${method} ${path}: ${text}`));
                }
            });
        });
        sent.on("error", reject);
        sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
    return { ask, close: () => { agent.destroy(); } };
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
    const { clusters: [{ cluster }], users: [{ user }] } = parse(await readFile(kubeconfig, "utf8")) as Kubeconfig;
    const { ask, close } = client(cluster.server, user.token, await readFile(cluster["certificate-authority"], "utf8"));
    try {
        const { items } = JSON.parse(await ask("GET", `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`)) as { items: { metadata: { name: string; uid: string }; spec: { template: { metadata: object; spec: object } } }[] };
        const orchestrator = items.find(({ metadata: { name } }) => name === "orchestrator");
        if (orchestrator === undefined) {
            throw new Problem("The stack isn't deployed to the embedded cluster: npm start deploys it.");
        }
        const { metadata, spec } = orchestrator.spec.template;
        const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: "bench", uid: orchestrator.metadata.uid, controller: true };
        const pod = { apiVersion: "v1", kind: "Pod", metadata: { ...metadata, generateName: "bench-", ownerReferences: [owner] }, spec };
        const dryRun = (as?: string): Promise<string> => ask("POST", `/api/v1/namespaces/${NAMESPACE}/pods?dryRun=All`, pod, as);
        const judged = await step(`${String(REQUESTS)} pods that the policies judge`, () => perRequest(() => dryRun(CONTROLLER)));
        const free = await step(`${String(REQUESTS)} pods that they let pass unjudged`, () => perRequest(() => dryRun()));
        return { judged, free };
    } finally {
        close();
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
