import http from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import { Problem } from "../../cli/problem";

/** Milliseconds without an answer. */
const PATIENCE = 30_000;

/** What the API server has at a path, as the JSON of a media type. @throws Problem naming the path, for all but a 200 */
export type Get = (path: string, accept?: string) => Promise<unknown>;

/** The API server of a context of the kubeconfig that `kubectl` would take. @throws Problem where it isn't there */
export async function apiOf(context: string): Promise<Get> {
    const { KubeConfig } = await import("@kubernetes/client-node");
    const config = new KubeConfig();
    config.loadFromDefault();
    if (config.getContextObject(context) === null) {
        throw new Problem(`The cluster can't be looked at: the kubeconfig has no context "${context}".`);
    }
    config.setCurrentContext(context);
    return async (path, accept = "application/json") => {
        const url = new URL(`${(config.getCurrentCluster()?.server ?? "").replace(/\/$/, "")}${path}`);
        const options: https.RequestOptions = {};
        try {
            await config.applyToHTTPSOptions(options);
            return JSON.parse(await answer(url, { ...options, headers: { ...options.headers as http.OutgoingHttpHeaders, accept } })) as unknown;
        } catch (error) {
            const { message, code } = error as NodeJS.ErrnoException;
            throw new Problem(`The cluster can't be looked at: GET ${url.origin}${path}: ${message || code || "failed"}`);
        }
    };
}

async function answer(url: URL, options: https.RequestOptions): Promise<string> {
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
        (url.protocol === "http:" ? http : https).get(url, { ...options, timeout: PATIENCE }, resolve)
            .on("timeout", function (this: http.ClientRequest) { this.destroy(new Error(`no answer within ${String(PATIENCE / 1000)} s`)); })
            .on("error", reject);
    });
    const said = await text(response);
    if (response.statusCode !== 200) {
        // The API server's own words, as the message of a Status.
        throw new Error(`${String(response.statusCode)} ${/"message":\s*"((?:[^"\\]|\\.)*)"/.exec(said)?.[1] ?? ""}`.trim());
    }
    return said;
}
