import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService, type ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { listen, type Served } from "./grpc";
import { servePolicyPack } from "./policy-pack";
import { resolveIn, runProgram, running, track } from "./program";

/** Says that it isn't the official one, which has the SDK's version. */
const VERSION = "0.0.0-lab";

const environment = (pairs: readonly string[]): NodeJS.ProcessEnv => Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));

/** Answers for plugins and policy packs come as a stream of what they print, closed by their exit code. */
async function runPlugin(call: grpc.ServerWritableStream<messages.RunPluginRequest, messages.RunPluginResponse>, engine: string): Promise<void> {
    const { request } = call;
    const directory = request.getInfo()?.getProgramDirectory() || request.getPwd();
    const env = environment(request.getEnvList());
    const onOutput = (stream: "stdout" | "stderr", data: Buffer): void => {
        const response = new messages.RunPluginResponse();
        if (stream === "stdout") {
            response.setStdout(data);
        } else {
            response.setStderr(data);
        }
        call.write(response);
    };
    const onExit = (code: number): void => {
        const response = new messages.RunPluginResponse();
        response.setExitcode(code);
        call.write(response);
        call.end();
    };
    const onCancel = (end: () => void): void => { call.once("cancelled", end); };
    try {
        if (request.getKind() === "analyzer") {
            const port = await servePolicyPack({ directory, engine: request.getArgsList()[0] ?? engine, env, onOutput, onExit, onCancel });
            onOutput("stdout", Buffer.from(`${port}\n`));
            return;
        }
        const runner = resolveIn(directory, "@pulumi/pulumi/cmd/run-plugin");
        const child = track(spawn(process.execPath, [runner, directory, ...request.getArgsList()], { cwd: request.getPwd(), env: { ...env, PULUMI_NODEJS_TYPESCRIPT: "true" }, stdio: ["ignore", "pipe", "pipe"] }));
        child.stdout?.on("data", (data: Buffer) => { onOutput("stdout", data); });
        child.stderr?.on("data", (data: Buffer) => { onOutput("stderr", data); });
        child.once("close", (code) => { onExit(code ?? 1); });
        onCancel(() => child.kill());
    } catch (error) {
        call.emit("error", { code: grpc.status.FAILED_PRECONDITION, details: `run npm ci in ${directory}: ${String(error)}` });
    }
}

function npmCi(call: grpc.ServerWritableStream<messages.InstallDependenciesRequest, messages.InstallDependenciesResponse>): void {
    const directory = call.request.getInfo()?.getRootDirectory() || call.request.getDirectory();
    const child = track(spawn("npm", ["ci"], { cwd: directory, stdio: ["ignore", "pipe", "pipe"] }));
    const send = (data: Buffer): void => {
        const response = new messages.InstallDependenciesResponse();
        response.setStdout(data);
        call.write(response);
    };
    child.stdout?.on("data", send);
    child.stderr?.on("data", send);
    child.once("close", (code, signal) => {
        if (code === 0) {
            call.end();
        } else {
            call.emit("error", { code: grpc.status.INTERNAL, details: `npm ci ended with ${signal ?? `exit code ${code}`}` });
        }
    });
}

function dependencies(directory: string): messages.DependencyInfo[] {
    const { dependencies: named = {} } = JSON.parse(readFileSync(path.join(directory, "package.json"), "utf8")) as { dependencies?: Record<string, string> };
    return Object.entries(named).map(([name, version]) => {
        const info = new messages.DependencyInfo();
        info.setName(name);
        info.setVersion(version);
        return info;
    });
}

type Unary<Request, Response> = grpc.handleUnaryCall<Request, Response>;

function answer<Request, Response>(make: (request: Request) => Response): Unary<Request, Response> {
    return ({ request }, callback) => { callback(null, make(request)); };
}

function unimplemented<Request, Response>(what: string): Unary<Request, Response> {
    return (_, callback) => { callback({ code: grpc.status.UNIMPLEMENTED, details: `${what} needs Pulumi's official Node.js language host` }); };
}

/** All that the protocol asks of a language host: a method that a later protocol adds has no place here, and doesn't compile, until it is decided. */
export function languageHost(engine: string): ILanguageRuntimeServer {
    return {
        handshake: answer(() => new messages.LanguageHandshakeResponse()),
        getPluginInfo: answer(() => new PluginInfo().setVersion(VERSION)),
        // None: the engine then takes each plugin as the program first asks for it, from PATH or its plugin folder.
        getRequiredPackages: answer(() => new messages.GetRequiredPackagesResponse()),
        getRequiredPlugins: answer(() => new messages.GetRequiredPluginsResponse()),
        runtimeOptionsPrompts: answer(() => new messages.RuntimeOptionsResponse()),
        about: answer(() => new messages.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
        getProgramDependencies: answer((request) => new messages.GetProgramDependenciesResponse().setDependenciesList(dependencies(request.getInfo()?.getRootDirectory() || "."))),
        run: ({ request }, callback) => { void runProgram(request, engine).then((response) => { callback(null, response); }); },
        runPlugin: (call) => { void runPlugin(call, engine); },
        installDependencies: npmCi,
        cancel: answer(() => {
            running.forEach((child) => child.kill("SIGINT"));
            return new Empty();
        }),
        template: unimplemented("pulumi new"),
        generateProgram: unimplemented("generating a program"),
        generateProject: unimplemented("generating a project"),
        generatePackage: unimplemented("generating an SDK"),
        pack: unimplemented("packing an SDK"),
        link: unimplemented("linking a package"),
    };
}

/** Serves the engine that has started this process. */
export function serve(engine: string): Promise<Served> {
    const server = new grpc.Server();
    server.addService(LanguageRuntimeService, languageHost(engine));
    return listen(server);
}
