import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { setTimeout as delay } from "node:timers/promises";
import { throwIfInterrupted } from "../../cli/interrupt";
import { Problem } from "../../cli/problem";
import { files, type Layout, type Progress } from "./layout";
import { tokenOf } from "./identity";
import { isRunning, type ProcessRecord } from "./processes";

const POLL = 200;
const REQUEST_TIMEOUT = 2000;
/** Milliseconds for a start on a slow machine. */
const PATIENCE = 120_000;
const LOG_LINES = 4;

/** What is answered with 200, and with such a text, once a start has come so far. */
interface Sign {
    readonly path: string;
    readonly accept?: string;
    readonly text?: RegExp;
}
const API_SERVER: readonly Sign[] = [{ path: "/readyz" }];
const CONTROLLERS: readonly Sign[] = [...API_SERVER, { path: "/api/v1/namespaces/default/serviceaccounts/default" }];
const SIGNS: Readonly<Record<Progress, readonly Sign[]>> = {
    nothing: [],
    "API server": API_SERVER,
    controllers: CONTROLLERS,
    // The table has a node's conditions in one word.
    node: [...CONTROLLERS, { path: "/api/v1/nodes/localhost", accept: "application/json;as=Table;v=v1;g=meta.k8s.io", text: /"cells":\["localhost","Ready"/ }],
};

async function answer({ directory, port }: Layout, { path, accept = "*/*" }: Sign): Promise<{ readonly status: number | undefined; readonly text: string } | undefined> {
    const [ca, token] = await Promise.all([readFile(files(directory).certificate).catch(() => undefined), tokenOf(directory, "lab-admin")]);
    if (ca === undefined) {
        return undefined;
    }
    return new Promise((resolve) => {
        const asked = request({ host: "127.0.0.1", port, path, ca, timeout: REQUEST_TIMEOUT, headers: { authorization: `Bearer ${token}`, accept } }, (response) => {
            let text = "";
            response.setEncoding("utf8").on("data", (part: string) => { text += part; }).on("end", () => { resolve({ status: response.statusCode, text }); });
        });
        asked.on("timeout", () => asked.destroy());
        asked.on("error", () => { resolve(undefined); });
        asked.end();
    });
}

/** Whether the cluster has come so far; without a progress, all the way. */
export async function isHealthy(layout: Layout, progress: Progress = layout.node === undefined ? "controllers" : "node"): Promise<boolean> {
    for (const sign of SIGNS[progress]) {
        const given = await answer(layout, sign);
        if (given?.status !== 200 || sign.text?.test(given.text) === false) {
            return false;
        }
    }
    return true;
}

async function lastWords(log: string): Promise<string> {
    const lines = (await readFile(log, "utf8").catch(() => "")).trim().split("\n");
    const telling = lines.filter((line) => /error|fail|fatal|panic|no space|in use/i.test(line));
    return (telling.length > 0 ? telling : lines).slice(-LOG_LINES).join("\n");
}

/** Waits until the control plane has come so far. @throws Problem with what the component that died has said. */
export async function untilHealthy(layout: Layout, processes: readonly ProcessRecord[], progress: Progress, detail: (text: string) => void): Promise<void> {
    for (const end = Date.now() + PATIENCE; !await isHealthy(layout, progress);) {
        for (const record of processes) {
            if (!await isRunning(record)) {
                const log = files(layout.directory).log(record.name);
                throw new Problem(`${record.name} ended while starting; if it does so again, npm stop removes its data. The end of ${log}:\n${await lastWords(log)}`);
            }
        }
        throwIfInterrupted();
        if (Date.now() > end) {
            throw new Problem(`The control plane isn't ready after ${PATIENCE / 1000} s; the logs are in ${layout.directory}.`);
        }
        detail(progress);
        await delay(POLL);
    }
}
