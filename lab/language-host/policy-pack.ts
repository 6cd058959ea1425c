import { spawn, type ChildProcess } from "node:child_process";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { listen, MESSAGE_OPTIONS } from "./grpc";
import { resolveIn, track } from "./program";

export interface PolicyPack {
    readonly directory: string;
    readonly engine: string;
    readonly env: NodeJS.ProcessEnv;
    readonly onOutput: (stream: "stdout" | "stderr", data: Buffer) => void;
    readonly onExit: (code: number) => void;
    /** Keeps what ends the pack once the engine has no more questions. */
    readonly onCancel: (end: () => void) => void;
}

/** What a pack may ask of the SDK while it loads: its stack and the stack's configuration. */
function stackEnv(request: AnalyzerStackConfigureRequest): NodeJS.ProcessEnv {
    const named = {
        ORGANIZATION: request.getOrganization(),
        PROJECT: request.getProject(),
        STACK: request.getStack(),
        DRY_RUN: String(request.getDryRun()),
    };
    const config = Object.fromEntries(request.getConfigMap().entries());
    return {
        ...Object.fromEntries(Object.entries(named).flatMap(([key, value]) => [[`PULUMI_${key}`, value], [`PULUMI_NODEJS_${key}`, value]])),
        PULUMI_CONFIG: JSON.stringify(config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigSecretKeysList()),
    };
}

function start(runner: string, pack: PolicyPack, env: NodeJS.ProcessEnv): Promise<grpc.Client> {
    const child: ChildProcess = track(spawn(process.execPath, [runner, pack.engine, pack.directory], {
        cwd: pack.directory,
        env: { ...pack.env, ...env, PULUMI_NODEJS_TYPESCRIPT: "true" },
        stdio: ["ignore", "pipe", "pipe"],
    }));
    child.stderr?.on("data", (data: Buffer) => { pack.onOutput("stderr", data); });
    child.once("close", (code) => { pack.onExit(code ?? 1); });
    pack.onCancel(() => child.kill());
    return new Promise((resolve, reject) => {
        child.once("close", () => { reject(new Error("the policy pack ended before it could be asked anything")); });
        child.stdout?.once("data", (port: Buffer) => {
            resolve(new grpc.Client(`127.0.0.1:${port.toString().trim()}`, grpc.credentials.createInsecure(), MESSAGE_OPTIONS));
            child.stdout?.on("data", (data: Buffer) => { pack.onOutput("stdout", data); });
        });
    });
}

/**
 * Stands between the engine and a policy pack. The engine tells the stack only after it has reached the pack, but the SDK reads it from
 * the environment while it loads: so the pack is started with the first question, which is `ConfigureStack` wherever there is a stack.
 * @throws Error where the pack's folder has no SDK
 * @returns the port at which the engine finds the pack
 */
export async function servePolicyPack(pack: PolicyPack): Promise<number> {
    const runner = resolveIn(pack.directory, "@pulumi/pulumi/cmd/run-policy-pack");
    let client: Promise<grpc.Client> | undefined;
    const raw = { serialize: (bytes: Buffer) => bytes, deserialize: (bytes: Buffer) => bytes };
    const forward = (name: string, path: string): grpc.handleUnaryCall<Buffer, Buffer> => (call, callback) => {
        const stack = name === "configureStack" ? stackEnv(AnalyzerStackConfigureRequest.deserializeBinary(call.request)) : {};
        client ??= start(runner, pack, stack);
        client.then(
            (reached) => { reached.makeUnaryRequest(path, raw.serialize, raw.deserialize, call.request, callback); },
            (error: unknown) => { callback({ code: grpc.status.UNAVAILABLE, details: String(error) }); },
        );
    };
    // The engine takes "not implemented" for "starts without".
    const handshake: grpc.handleUnaryCall<Buffer, Buffer> = (_, callback) => { callback({ code: grpc.status.UNIMPLEMENTED, details: "Handshake" }); };
    const methods = Object.entries(AnalyzerService as unknown as Record<string, { path: string }>);
    const service = Object.fromEntries(methods.map(([name, { path }]) => [name, {
        path,
        requestStream: false,
        responseStream: false,
        requestSerialize: raw.serialize,
        requestDeserialize: raw.deserialize,
        responseSerialize: raw.serialize,
        responseDeserialize: raw.deserialize,
    }]));
    const server = new grpc.Server(MESSAGE_OPTIONS);
    server.addService(service, Object.fromEntries(methods.map(([name, { path }]) => [name, name === "handshake" ? handshake : forward(name, path)])));
    const served = await listen(server);
    pack.onCancel(served.stop);
    return served.port;
}
