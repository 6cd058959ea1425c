import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { parse } from "yaml";

/** What the API server says. */
export interface Answer {
    readonly code: number;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever the API server answers, read freely by whoever knows what was asked for
    readonly body: any;
}

export interface Call {
    readonly method?: string;
    readonly body?: unknown;
    /** Somebody with an administrator's rights in whose name it is asked; the cluster's own administrator where it's left out. */
    readonly as?: string | undefined;
    /** Groups that they are in as well. */
    readonly groups?: readonly string[];
    readonly type?: string;
}

interface Kubeconfig {
    readonly clusters: readonly { readonly cluster: { readonly server: string; readonly "certificate-authority": string } }[];
    readonly users: readonly { readonly user: { readonly token: string } }[];
}

/** Asks the API server directly: hundreds of requests in seconds, where each `kubectl` takes one. */
export class ClusterApi {
    private readonly agent: Agent;
    private readonly server: string;
    private readonly token: string;

    /** @param kubeconfig file of the embedded cluster */
    constructor(kubeconfig: string) {
        const { clusters: [cluster], users: [user] } = parse(readFileSync(kubeconfig, "utf8")) as Kubeconfig;
        this.agent = new Agent({ keepAlive: true, ca: readFileSync(cluster?.cluster["certificate-authority"] ?? "") });
        this.server = cluster?.cluster.server ?? "";
        this.token = user?.user.token ?? "";
    }

    close(): void {
        this.agent.destroy();
    }

    ask(path: string, { method = "GET", body, as, groups = [], type = "application/json" }: Call = {}): Promise<Answer> {
        return new Promise((resolve, reject) => {
            const headers = { authorization: `Bearer ${this.token}`, "content-type": type, ...(as === undefined ? {} : { "impersonate-user": as, "impersonate-group": ["system:masters", ...groups] }) };
            const sent = request(`${this.server}${path}`, { method, agent: this.agent, headers }, (response) => {
                const parts: Buffer[] = [];
                response.on("data", (part: Buffer) => parts.push(part));
                response.on("end", () => {
                    const text = Buffer.concat(parts).toString();
                    const isJson = response.headers["content-type"]?.startsWith("application/json") === true;
                    resolve({ code: response.statusCode ?? 0, body: isJson ? JSON.parse(text) : text });
                });
            });
            sent.on("error", reject);
            sent.end(body === undefined ? undefined : JSON.stringify(body));
        });
    }
}
