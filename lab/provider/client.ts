import http from "node:http";
import https from "node:https";
import { setTimeout as delay } from "node:timers/promises";
import type { KubeConfig } from "@kubernetes/client-node";
import { listAt, numberAt, textAt, type Values } from "./values";

/** Milliseconds without an answer. */
const PATIENCE = 30_000;
const TOO_MANY_REQUESTS = 429;
const ATTEMPTS = 10;

/** What the API server has refused, in its own words. */
export class ApiError extends Error {
    override readonly name = "ApiError";

    constructor(readonly code: number, private readonly status: Values) {
        super(textAt(status, "message"));
    }

    get reason(): string {
        return textAt(this.status, "reason");
    }

    /** Kind of the object that the refusal is about, e.g. `namespaces`; not always the one that was sent. */
    get about(): string {
        return textAt(this.status, "details", "kind");
    }

    get causes(): readonly string[] {
        return listAt(this.status, "details", "causes").map((cause) => textAt(cause, "message"));
    }
}

/** The API server can't be reached. */
export class Unreachable extends Error {
    override readonly name = "Unreachable";
}

export const isNotFound = (error: unknown): boolean => error instanceof ApiError && error.code === 404;

/** Media types of bodies. */
export const MEDIA = {
    json: "application/json",
    jsonPatch: "application/json-patch+json",
    /** Its YAML may be JSON. */
    apply: "application/apply-patch+yaml",
} as const;

/** Parameters; undefined ones are left out. */
export type Query = Readonly<Record<string, string | undefined>>;

export interface Call {
    readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
    readonly path: string;
    readonly query?: Query;
    readonly body?: unknown;
    readonly media?: string;
}

interface Answer {
    readonly code: number;
    readonly retryAfter: number;
    readonly text: string;
}

/** Speaks with the API server. */
export class Client {
    private agent: https.RequestOptions["agent"];

    constructor(private readonly config: KubeConfig, private readonly userAgent: string) {}

    private async send({ method, path, query = {}, body, media = MEDIA.json }: Call): Promise<Answer> {
        const options: https.RequestOptions = {};
        try {
            await this.config.applyToHTTPSOptions(options);
        } catch (error) {
            throw new Unreachable(`cannot authenticate: ${(error as Error).message}`);
        }
        // One agent for all: it keeps the sessions, which makes each further connection cheap.
        this.agent ??= options.agent;
        const search = new URLSearchParams(Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as [string, string]]))).toString();
        const url = new URL(`${(this.config.getCurrentCluster()?.server ?? "").replace(/\/$/, "")}${path}${search === "" ? "" : `?${search}`}`);
        const text = body === undefined ? undefined : JSON.stringify(body);
        const headers = { ...options.headers as http.OutgoingHttpHeaders, "accept": MEDIA.json, "user-agent": this.userAgent, ...(text === undefined ? {} : { "content-type": media, "content-length": Buffer.byteLength(text) }) };
        return new Promise((resolve, reject) => {
            const fail = (error: Error): void => { reject(new Unreachable(`${method} ${url.origin}${path}: ${error.message || (error as NodeJS.ErrnoException).code || "failed"}`)); };
            const request = (url.protocol === "http:" ? http : https).request(url, { ...options, agent: this.agent, method, headers, timeout: PATIENCE }, (response) => {
                const chunks: Buffer[] = [];
                response.on("data", (chunk: Buffer) => chunks.push(chunk));
                response.on("error", fail);
                response.on("end", () => {
                    resolve({ code: response.statusCode ?? 0, retryAfter: Number(response.headers["retry-after"] ?? 0), text: Buffer.concat(chunks).toString() });
                });
            });
            request.on("timeout", () => request.destroy(new Error(`no answer within ${PATIENCE / 1000} s`)));
            request.on("error", fail);
            request.end(text);
        });
    }

    /**
     * @throws ApiError when the API server refuses
     * @throws Unreachable when there is no answer
     */
    async call(call: Call): Promise<Values> {
        for (let attempt = 1; ; attempt += 1) {
            const { code, retryAfter, text } = await this.send(call);
            // A busy API server says when it wants to be asked again.
            if (code === TOO_MANY_REQUESTS && attempt < ATTEMPTS) {
                await delay(Math.max(1, retryAfter) * 1000);
                continue;
            }
            let parsed: Values;
            try {
                parsed = JSON.parse(text) as Values;
            } catch {
                parsed = { kind: "Status", message: text.trim() || http.STATUS_CODES[code] || "" };
            }
            if (code >= 400) {
                throw new ApiError(numberAt(parsed, ["code"], code), parsed);
            }
            return parsed;
        }
    }
}
