// Stands for the JavaScript evaluator: takes code by HTTP and runs it in a child process.
"use strict";

const { spawn } = require("node:child_process");
const http = require("node:http");
const path = require("node:path");
const { setTimeout: delay } = require("node:timers/promises");

const { PORT = "6927", METRICS_PORT = "9090", FUNCTION_EVALUATOR_TIMEOUT_MS = "9000", EXECUTOR_PROCESS_POOL_SIZE = "2", EXECUTOR_ROOT = "/srv/executors" } = process.env;
const EXECUTOR = path.join(EXECUTOR_ROOT, "javascript/executor.cjs");
// What a child prints beyond this is dropped, or it would fill the service's memory.
const OUTPUT_BYTES = 1024 * 1024;
// For the end of the output, once the child has ended: a process that left its group may hold the pipe open.
const PATIENCE_MS = 1000;
// For an executor to be ready: code that runs beside may have stopped it.
const START_MS = 30_000;

/** Those that run. */
const children = new Set();
/** The one that waits for the next request: Node.js takes its time to start. */
let next;
const counts = { evaluations: 0, timeouts: 0 };
const waiting = [];
let free = Number(EXECUTOR_PROCESS_POOL_SIZE);

/** Reads a pipe to its end, and keeps the beginning. */
function keep(pipe) {
    const kept = [];
    let left = OUTPUT_BYTES;
    pipe.on("data", (part) => {
        kept.push(part.subarray(0, left));
        left -= kept.at(-1).length;
    });
    return () => Buffer.concat(kept).toString();
}

function killGroup(child) {
    try {
        process.kill(-child.pid, "SIGKILL");
    } catch {
        // Nobody is left in it.
    }
}

/** Starts an executor, in a group of its own so that its children can be ended with it. Without threads: it doesn't live long enough to need them. */
function start() {
    const child = spawn(process.execPath, ["--v8-pool-size=0", EXECUTOR], { detached: true, stdio: ["pipe", "pipe", "pipe", "pipe"] });
    child.stdin.on("error", () => {});
    const executor = {
        child,
        // It closes this pipe once it can take a request, or by its end.
        ready: Promise.race([new Promise((resolve) => { child.stdio[3].on("close", resolve).resume(); }), delay(START_MS)]),
        ended: new Promise((resolve) => { child.on("error", (error) => resolve({ error })).on("exit", (exit, signal) => resolve({ exit, signal })); }),
        closed: new Promise((resolve) => { child.on("close", resolve); }),
    };
    children.add(child);
    executor.ended.then(() => {
        children.delete(child);
        if (next === executor) {
            next = undefined;
        }
    });
    return executor;
}

async function run(request) {
    const { child, ready, ended, closed } = next ?? start();
    next = undefined;
    const [stdout, stderr] = [keep(child.stdout), keep(child.stderr)];
    child.stdin.end(JSON.stringify(request));
    await ready;
    let timedOut = false;
    const timer = setTimeout(() => {
        timedOut = true;
        killGroup(child);
    }, Number(FUNCTION_EVALUATOR_TIMEOUT_MS));
    const { error, exit, signal } = await ended;
    clearTimeout(timer);
    if (error !== undefined) {
        throw error;
    }
    killGroup(child);
    next ??= start();
    counts.evaluations += 1;
    counts.timeouts += Number(timedOut);
    await Promise.race([closed, delay(PATIENCE_MS)]);
    return { stdout: stdout(), stderr: stderr(), exit, signal, timedOut };
}

async function inPool(work) {
    if (free === 0) {
        await new Promise((resolve) => { waiting.push(resolve); });
    } else {
        free -= 1;
    }
    try {
        return await work();
    } finally {
        const enter = waiting.shift();
        if (enter === undefined) {
            free += 1;
        } else {
            enter();
        }
    }
}

function answer(response, status, value) {
    response.writeHead(status, { "Content-Type": typeof value === "string" ? "text/plain; version=0.0.4" : "application/json" });
    response.end(typeof value === "string" ? value : JSON.stringify(value));
}

async function read(request) {
    const parts = [];
    for await (const part of request) {
        parts.push(part);
    }
    return Buffer.concat(parts).toString();
}

async function evaluate(body, response) {
    let request;
    try {
        request = JSON.parse(body);
    } catch {
        request = undefined;
    }
    if (typeof request?.code !== "string") {
        return answer(response, 400, { error: "not a JSON object with a text \"code\"" });
    }
    return answer(response, 200, await inPool(() => run(request)));
}

async function handle(request, response) {
    const body = await read(request);
    switch (`${request.method} ${request.url.replace(/\/$/, "")}`) {
        case "GET /_info": return answer(response, 200, { name: "function-evaluator", language: "javascript" });
        case "GET /metrics": return answer(response, 200, Object.entries(counts).map(([name, count]) => `function_evaluator_${name}_total ${count}\n`).join(""));
        case "POST /1/v1/evaluate": return evaluate(body, response);
        default: return answer(response, 404, { error: `no such path: ${request.url}` });
    }
}

function listener(request, response) {
    handle(request, response).catch((error) => answer(response, 500, { error: String(error) }));
}

// The first process of a container is ended by no signal that it doesn't ask for.
process.on("SIGTERM", () => {
    children.forEach(killGroup);
    process.exit(0);
});
http.createServer(listener).listen(Number(METRICS_PORT), "0.0.0.0");
http.createServer(listener).listen(Number(PORT), "0.0.0.0");
next = start();
