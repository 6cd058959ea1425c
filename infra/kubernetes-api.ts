import http from "node:http";
import https from "node:https";
import type { KubeConfig } from "@kubernetes/client-node";

/** Milliseconds without an answer. */
const PATIENCE = 30_000;

/** The API server's answer is none that can be used: no connection, no such context, refused. In one line. */
export class KubernetesApiError extends Error {}

/** Asks the API server of one context of the kubeconfig, and changes nothing there. */
export class KubernetesApi {
    private constructor(private readonly config: KubeConfig) {}

    /** @param context name in the kubeconfig that `kubectl` would take. @throws KubernetesApiError where it isn't there */
    static async of(context: string): Promise<KubernetesApi> {
        // It takes a while to load, and not every stack needs it.
        const { KubeConfig } = await import("@kubernetes/client-node");
        const config = new KubeConfig();
        try {
            config.loadFromDefault();
        } catch (error) {
            throw new KubernetesApiError(`the kubeconfig can't be read: ${(error as Error).message}`);
        }
        if (config.getContextObject(context) === null) {
            throw new KubernetesApiError(`the kubeconfig has no context "${context}", only ${config.getContexts().map(({ name }) => `"${name}"`).join(", ") || "none at all"}`);
        }
        config.setCurrentContext(context);
        return new KubernetesApi(config);
    }

    /** @param path with its query, e.g. `/api/v1/namespaces`. @param accept media type. @throws KubernetesApiError naming the path, for all but a success */
    get(path: string, accept = "application/json"): Promise<unknown> {
        return this.request("GET", path, { accept });
    }

    /** Puts a question that is an object, such as a SelfSubjectReview, which nobody keeps. Throws as {@link get} does */
    ask(path: string, question: object): Promise<unknown> {
        return this.request("POST", path, { "accept": "application/json", "content-type": "application/json" }, JSON.stringify(question));
    }

    private async request(method: string, path: string, own: http.OutgoingHttpHeaders, body = ""): Promise<unknown> {
        const options: https.RequestOptions = {};
        const url = new URL(`${(this.config.getCurrentCluster()?.server ?? "").replace(/\/$/, "")}${path}`);
        try {
            await this.config.applyToHTTPSOptions(options);
            return JSON.parse(await answer(url, { ...options, method, headers: { ...options.headers as http.OutgoingHttpHeaders, ...own } }, body)) as unknown;
        } catch (error) {
            const { message, code } = error as NodeJS.ErrnoException;
            throw new KubernetesApiError(`${method} ${url.origin}${path}: ${message || code || "failed"}`);
        }
    }
}

function answer(url: URL, options: https.RequestOptions, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
        const request = (url.protocol === "http:" ? http : https).request(url, { ...options, timeout: PATIENCE }, (response) => {
            const chunks: Buffer[] = [];
            response.on("data", (chunk: Buffer) => chunks.push(chunk));
            response.on("error", reject);
            response.on("end", () => {
                const text = Buffer.concat(chunks).toString();
                if (response.statusCode === 200 || response.statusCode === 201) {
                    resolve(text);
                } else {
                    reject(new Error(`${String(response.statusCode)} ${reason(text)}`.trim()));
                }
            });
        });
        request.on("timeout", () => request.destroy(new Error(`no answer within ${PATIENCE / 1000} s`)));
        request.on("error", reject);
        request.end(body);
    });
}

/** The API server's own words, of what it refuses. */
function reason(text: string): string {
    try {
        return (JSON.parse(text) as { message?: string }).message ?? "";
    } catch {
        return text.trim();
    }
}
