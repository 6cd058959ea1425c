// Stands for the orchestrator: hands code to the evaluator of its language, and takes calls back from there.
"use strict";

const http = require("node:http");

const { PORT = "6254", CALLBACK_PORT = "4974", METRICS_PORT = "9100", ORCHESTRATOR_TIMEOUT_MS = "9700", ORCHESTRATOR_CONFIG = "{}" } = process.env;
const { evaluatorConfigs = [] } = JSON.parse(ORCHESTRATOR_CONFIG);
const TIMED_OUT = "timed out";

const counts = { evaluations: 0, callbacks: 0 };

function answer(response, status, value) {
    response.writeHead(status, { "Content-Type": typeof value === "string" ? "text/plain; version=0.0.4" : "application/json" });
    response.end(typeof value === "string" ? value : JSON.stringify(value));
}

async function read(stream) {
    const parts = [];
    for await (const part of stream) {
        parts.push(part);
    }
    return Buffer.concat(parts).toString();
}

/** The evaluator's answer, or why there is none. */
function forward(uri, body) {
    return new Promise((resolve, reject) => {
        const signal = AbortSignal.timeout(Number(ORCHESTRATOR_TIMEOUT_MS));
        const fail = (error) => reject(signal.aborted ? new Error(TIMED_OUT) : error);
        const request = http.request(uri, { method: "POST", signal, headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) } });
        request.on("error", fail);
        request.on("response", (response) => read(response).then((text) => resolve({ status: response.statusCode, value: JSON.parse(text) })).catch(fail));
        request.end(body);
    });
}

async function evaluate(body, response) {
    const { programmingLanguage } = JSON.parse(body);
    const evaluator = evaluatorConfigs.find(({ programmingLanguages }) => programmingLanguages.includes(programmingLanguage));
    if (evaluator === undefined) {
        return answer(response, 400, { error: `no evaluator for the programming language ${programmingLanguage}` });
    }
    counts.evaluations += 1;
    try {
        const { status, value } = await forward(evaluator.evaluatorUri, body);
        return answer(response, status, value);
    } catch (error) {
        return answer(response, error.message === TIMED_OUT ? 504 : 502, { error: error.message });
    }
}

/** @param routes what each listener serves, by method and path */
function listen(port, routes) {
    http.createServer(async (request, response) => {
        const body = await read(request);
        const route = routes[`${request.method} ${request.url.replace(/\/$/, "")}`];
        if (route === undefined) {
            return answer(response, 404, { error: `no such path: ${request.url}` });
        }
        try {
            return await route(body, response);
        } catch (error) {
            return answer(response, 400, { error: error.message });
        }
    }).listen(Number(port), "0.0.0.0");
}

// The first process of a container is ended by no signal that it doesn't ask for.
process.on("SIGTERM", () => process.exit(0));
listen(PORT, {
    "GET /_info": (body, response) => answer(response, 200, { name: "function-orchestrator" }),
    "POST /1/v1/evaluate": evaluate,
});
listen(CALLBACK_PORT, {
    "POST /v1/callback": (body, response) => {
        counts.callbacks += 1;
        return answer(response, 200, { received: JSON.parse(body) });
    },
});
listen(METRICS_PORT, {
    "GET /metrics": (body, response) => answer(response, 200, Object.entries(counts).map(([name, count]) => `function_orchestrator_${name}_total ${count}\n`).join("")),
});
