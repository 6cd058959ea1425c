import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { RunResponse, type RunRequest } from "@pulumi/pulumi/proto/language_pb";

/** The SDK's exit code for an error that it has told the user already. */
const ALREADY_TOLD = 32;

/** Children to end when the engine cancels. */
export const running = new Set<ChildProcess>();

export function track(child: ChildProcess): ChildProcess {
    running.add(child);
    child.once("close", () => running.delete(child));
    return child;
}

/** A module as code in that folder would find it. */
export function resolveIn(directory: string, module: string): string {
    return createRequire(path.join(directory, "package.json")).resolve(module);
}

function argumentsOf(request: RunRequest, engine: string, runner: string): string[] {
    const info = request.getInfo();
    const flags: Record<string, string | number> = {
        monitor: request.getMonitorAddress(),
        engine,
        organization: request.getOrganization(),
        project: request.getProject(),
        stack: request.getStack(),
        pwd: request.getPwd(),
        parallel: request.getParallel(),
        "root-directory": info?.getRootDirectory() ?? "",
    };
    const given = Object.entries(flags).filter(([, value]) => value !== "" && value !== 0).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
    return [runner, ...given, ...(request.getDryrun() ? ["--dry-run"] : []), info?.getEntryPoint() ?? ".", ...request.getArgsList()];
}

/** Runs the Pulumi program in a process of its own, as the SDK's runner wants it. */
export function runProgram(request: RunRequest, engine: string): Promise<RunResponse> {
    const response = new RunResponse();
    const directory = request.getInfo()?.getProgramDirectory() || request.getPwd();
    let runner: string;
    try {
        runner = resolveIn(directory, "@pulumi/pulumi/cmd/run");
    } catch {
        response.setError(`@pulumi/pulumi is not installed in ${directory}; run npm ci there`);
        return Promise.resolve(response);
    }
    const env = {
        ...process.env,
        PULUMI_NODEJS_TYPESCRIPT: "true",
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    };
    // The one on PATH, as the official host does: whoever runs pulumi may have put another one there.
    const child = track(spawn("node", argumentsOf(request, engine, runner), { cwd: request.getPwd() || directory, env, stdio: ["ignore", "inherit", "inherit"] }));
    return new Promise((resolve) => {
        child.once("error", (error) => {
            response.setError(error.message);
            resolve(response);
        });
        child.once("close", (code, signal) => {
            if (code === ALREADY_TOLD) {
                response.setBail(true);
            } else if (code !== 0) {
                response.setError(`the program ended with ${signal ?? `exit code ${code}`}`);
            }
            resolve(response);
        });
    });
}
