import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Values } from "../../../lab/provider/values";

/** A request as the server got it. */
export interface Asked {
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, string>>;
    readonly media: string;
    readonly body: Values;
}

export interface Answer {
    readonly code: number;
    readonly body: Values;
    readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that isn't the usual one; undefined for that. */
export type Special = (asked: Asked) => Answer | undefined;

const KINDS: Readonly<Record<string, readonly [string, string, boolean][]>> = {
    "/api/v1": [["ConfigMap", "configmaps", true], ["Namespace", "namespaces", false], ["Pod", "pods", true], ["Secret", "secrets", true]],
    "/apis/apps/v1": [["Deployment", "deployments", true]],
};

/** A refusal in the form of the API server. */
export const status = (code: number, reason: string, message: string, details: Values = {}): Answer => ({ code, body: { kind: "Status", code, reason, message, details } });

async function read(request: IncomingMessage): Promise<Values> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
        chunks.push(chunk as Buffer);
    }
    const text = Buffer.concat(chunks).toString();
    return text === "" ? {} : JSON.parse(text) as Values;
}

/** Keeps objects as an API server does, as far as a provider notices. */
export class Api {
    readonly asked: Asked[] = [];
    readonly objects = new Map<string, Values>();
    special: Special = () => undefined;
    private readonly server: Server;

    constructor() {
        this.server = createServer((request, response) => {
            void read(request).then((body) => {
                const url = new URL(request.url ?? "/", "http://api");
                const asked = { method: request.method ?? "", path: url.pathname, query: Object.fromEntries(url.searchParams), media: request.headers["content-type"] ?? "", body };
                this.asked.push(asked);
                const { code, body: answer, headers } = this.special(asked) ?? this.usual(asked);
                response.writeHead(code, { "content-type": "application/json", ...headers });
                response.end(JSON.stringify(answer));
            });
        });
    }

    /** @returns the kubeconfig */
    async start(): Promise<string> {
        await new Promise<void>((resolve) => { this.server.listen(0, "127.0.0.1", resolve); });
        const server = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
        return `apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters: [{name: c, cluster: {server: "${server}"}}]\ncontexts: [{name: c, context: {cluster: c, user: u}}]\nusers: [{name: u, user: {token: t}}]\n`;
    }

    async stop(): Promise<void> {
        this.server.closeAllConnections();
        await new Promise((resolve) => { this.server.close(resolve); });
    }

    /** Requests that change something. */
    get changes(): readonly Asked[] {
        return this.asked.filter(({ method }) => method !== "GET");
    }

    private usual({ method, path, query, body }: Asked): Answer {
        const kinds = KINDS[path];
        if (path === "/version") {
            return { code: 200, body: { major: "1" } };
        }
        if (kinds !== undefined) {
            return { code: 200, body: { resources: kinds.map(([kind, name, namespaced]) => ({ kind, name, namespaced })) } };
        }
        const key = method === "POST" ? `${path}/${String((body["metadata"] as Values)["name"])}` : path;
        const found = this.objects.get(key);
        if (method === "GET" && "labelSelector" in query) {
            return { code: 200, body: { items: [...this.objects].filter(([other]) => other.startsWith(`${path}/`)).map(([, object]) => object) } };
        }
        if (found === undefined && method !== "POST") {
            return status(404, "NotFound", `${path} not found`);
        }
        if (method === "DELETE") {
            this.objects.delete(key);
        } else if (method !== "GET" && query["dryRun"] === undefined && !Array.isArray(body)) {
            this.objects.set(key, { ...found, ...body });
        }
        return { code: 200, body: method === "GET" || Array.isArray(body) ? found ?? {} : { ...found, ...body } };
    }
}
