import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { LanguageRuntimeClient, LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/language_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Served } from "../../../lab/language-host/grpc";
import { languageHost, serve } from "../../../lab/language-host/server";
import { REPOSITORY } from "../../../cli/repository";
import { temporaryFolder, until } from "../support";

const credentials = grpc.credentials.createInsecure();
const ENGINE = "127.0.0.1:1";

/** The SDK's runner of a policy pack in small: notes what it was given, and answers one question with the stack that it knows. */
const PACK_RUNNER = `
const grpc = require("@grpc/grpc-js");
const { AnalyzerService } = require(${JSON.stringify(path.join(REPOSITORY, "node_modules/@pulumi/pulumi/proto/analyzer_grpc_pb"))});
const { AnalyzerInfo, AnalyzerStackConfigureResponse } = require(${JSON.stringify(path.join(REPOSITORY, "node_modules/@pulumi/pulumi/proto/analyzer_pb"))});
const names = ["PULUMI_STACK", "PULUMI_NODEJS_PROJECT", "PULUMI_DRY_RUN", "PULUMI_CONFIG", "PULUMI_CONFIG_SECRET_KEYS", "OWN"];
require("fs").writeFileSync("given.json", JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), env: names.map((name) => process.env[name]) }));
const server = new grpc.Server();
server.addService(AnalyzerService, {
    configureStack: (_, callback) => { callback(null, new AnalyzerStackConfigureResponse()); },
    getAnalyzerInfo: (_, callback) => { const info = new AnalyzerInfo(); info.setName("pack"); callback(null, info); },
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (_, port) => { console.log(port); });
`;

describe("the language host", () => {
    const at = temporaryFolder();
    let served: Served;
    let client: LanguageRuntimeClient;
    beforeEach(async () => {
        served = await serve(ENGINE);
        client = new LanguageRuntimeClient(`127.0.0.1:${served.port}`, credentials);
    });
    afterEach(() => {
        client.close();
        served.stop();
    });

    const ask = <Response>(send: (callback: (error: grpc.ServiceError | null, response: Response) => void) => unknown): Promise<Response> =>
        new Promise((resolve, reject) => { send((error, response) => { if (error === null) { resolve(response); } else { reject(error); } }); });
    /** Gives the test's folder an SDK whose runner is this program. */
    const sdk = async (runner: string, text: string): Promise<void> => {
        await mkdir(at("node_modules/@pulumi/pulumi/cmd", runner), { recursive: true });
        await writeFile(at("node_modules/@pulumi/pulumi/cmd", runner, "index.js"), text);
        await symlink(path.join(REPOSITORY, "node_modules/@grpc"), at("node_modules/@grpc"));
    };
    const info = (): messages.ProgramInfo => {
        const made = new messages.ProgramInfo();
        made.setProgramDirectory(at());
        made.setRootDirectory(at());
        made.setEntryPoint("infra");
        return made;
    };
    const request = (): messages.RunRequest => {
        const made = new messages.RunRequest();
        made.setInfo(info());
        made.setPwd(at());
        made.setProject("project");
        made.setStack("stack");
        made.setMonitorAddress("127.0.0.1:2");
        made.setParallel(4);
        made.getConfigMap().set("project:key", "it's \"odd\"");
        made.setConfigsecretkeysList(["project:secret"]);
        return made;
    };
    const run = (asked: messages.RunRequest): Promise<messages.RunResponse> => ask((callback) => client.run(asked, callback));

    it("says that it isn't the official one", async () => {
        const { version } = (await ask<{ toObject: () => { version: string } }>((callback) => client.getPluginInfo(new Empty(), callback as never))).toObject();
        assert.equal(version, "0.0.0-lab");
        assert.equal((await ask<messages.AboutResponse>((callback) => client.about(new messages.AboutRequest(), callback))).getVersion(), process.version);
    });

    it("has a say in every method of the protocol", () => {
        assert.deepEqual(Object.keys(languageHost(ENGINE)).sort(), Object.keys(LanguageRuntimeService).sort());
    });

    for (const [method, send] of Object.entries<(callback: grpc.requestCallback<unknown>) => unknown>({
        handshake: (callback) => client.handshake(new messages.LanguageHandshakeRequest(), callback),
        getRequiredPackages: (callback) => client.getRequiredPackages(new messages.GetRequiredPackagesRequest(), callback),
        getRequiredPlugins: (callback) => client.getRequiredPlugins(new messages.GetRequiredPluginsRequest(), callback),
        runtimeOptionsPrompts: (callback) => client.runtimeOptionsPrompts(new messages.RuntimeOptionsRequest(), callback),
    })) {
        it(`has nothing to say to ${method}, which leaves it to the engine`, async () => {
            const said = await ask<{ toObject: () => object }>((callback) => send(callback as never));
            assert.deepEqual(Object.values(said.toObject()).filter((value) => !Array.isArray(value) || value.length > 0), []);
        });
    }

    for (const [method, send] of Object.entries<(callback: grpc.requestCallback<unknown>) => unknown>({
        template: (callback) => client.template(new messages.TemplateRequest(), callback),
        generateProgram: (callback) => client.generateProgram(new messages.GenerateProgramRequest(), callback),
        generateProject: (callback) => client.generateProject(new messages.GenerateProjectRequest(), callback),
        generatePackage: (callback) => client.generatePackage(new messages.GeneratePackageRequest(), callback),
        pack: (callback) => client.pack(new messages.PackRequest(), callback),
        link: (callback) => client.link(new messages.LinkRequest(), callback),
    })) {
        it(`leaves ${method} to the official one`, async () => {
            await assert.rejects(ask((callback) => send(callback as never)), ({ code, details }: grpc.ServiceError) => code === grpc.status.UNIMPLEMENTED && / needs Pulumi's official Node\.js language host$/.test(details));
        });
    }

    it("runs a program with the stack, its configuration and the engine", async () => {
        await sdk("run", "require(\"fs\").writeFileSync(\"given.json\", JSON.stringify({ args: process.argv.slice(2), config: process.env.PULUMI_CONFIG, secrets: process.env.PULUMI_CONFIG_SECRET_KEYS }));");
        const asked = request();
        asked.setDryrun(true);
        assert.deepEqual((await run(asked)).toObject(), { error: "", bail: false });
        const { args, config, secrets } = JSON.parse(await readFile(at("given.json"), "utf8")) as { args: string[]; config: string; secrets: string };
        assert.deepEqual(args, ["--monitor", "127.0.0.1:2", "--engine", ENGINE, "--project", "project", "--stack", "stack", "--pwd", at(), "--parallel", "4", "--root-directory", at(), "--dry-run", "infra"]);
        assert.deepEqual([JSON.parse(config), JSON.parse(secrets)], [{ "project:key": "it's \"odd\"" }, ["project:secret"]]);
    });

    for (const { what, program, response } of [
        { what: "fails", program: "process.exit(3);", response: { error: "the program ended with exit code 3", bail: false } },
        { what: "has told its error already", program: "process.exit(32);", response: { error: "", bail: true } },
        { what: "is killed", program: "process.kill(process.pid, \"SIGKILL\");", response: { error: "the program ended with SIGKILL", bail: false } },
    ]) {
        it(`tells the engine of a program that ${what}`, async () => {
            await sdk("run", program);
            assert.deepEqual((await run(request())).toObject(), response);
        });
    }

    it("interrupts the program when the engine cancels", async () => {
        await sdk("run", "require(\"fs\").writeFileSync(\"started\", \"\"); process.on(\"SIGINT\", () => process.exit(9)); setInterval(() => {}, 1000);");
        const ended = run(request());
        await until("the program runs", () => existsSync(at("started")));
        await ask((callback) => client.cancel(new Empty(), callback as never));
        assert.equal((await ended).getError(), "the program ended with exit code 9");
    });

    it("says where an SDK is missing", async () => {
        assert.equal((await run(request())).getError(), `@pulumi/pulumi is not installed in ${at()}; run npm ci there`);
        const plugin = new messages.RunPluginRequest();
        plugin.setInfo(info());
        plugin.setKind("analyzer");
        const error = await new Promise<grpc.ServiceError>((resolve) => { client.runPlugin(plugin).on("error", resolve).on("data", () => undefined); });
        assert.equal(error.code, grpc.status.FAILED_PRECONDITION);
        assert.ok(error.details.startsWith(`run npm ci in ${at()}: `), error.details);
    });

    it("lists what a program depends on", async () => {
        await writeFile(at("package.json"), JSON.stringify({ dependencies: { one: "1.0.0" }, devDependencies: { two: "2.0.0" } }));
        const asked = new messages.GetProgramDependenciesRequest();
        asked.setInfo(info());
        const list = (await ask<messages.GetProgramDependenciesResponse>((callback) => client.getProgramDependencies(asked, callback))).getDependenciesList();
        assert.deepEqual(list.map((one) => one.toObject()), [{ name: "one", version: "1.0.0" }]);
    });

    it("starts a policy pack with the stack that it is asked about, hands on the questions, and ends it", async () => {
        await sdk("run-policy-pack", PACK_RUNNER);
        const plugin = new messages.RunPluginRequest();
        plugin.setInfo(info());
        plugin.setKind("analyzer");
        plugin.setArgsList(["127.0.0.1:3"]);
        plugin.setEnvList(["OWN=a=b"]);
        const call = client.runPlugin(plugin);
        const ended = new Promise((resolve) => { call.on("error", resolve); });
        const port = await new Promise<string>((resolve) => {
            call.once("data", (response: messages.RunPluginResponse) => { resolve(Buffer.from(response.getStdout_asU8()).toString().trim()); });
        });
        const analyzer = new AnalyzerClient(`127.0.0.1:${port}`, credentials);
        assert.equal(existsSync(at("given.json")), false);
        const stack = new AnalyzerStackConfigureRequest();
        stack.setStack("stack");
        stack.setProject("project");
        stack.setDryRun(true);
        stack.getConfigMap().set("project:key", "value");
        stack.setConfigSecretKeysList(["project:secret"]);
        await ask((callback) => analyzer.configureStack(stack, callback));
        assert.deepEqual(JSON.parse(await readFile(at("given.json"), "utf8")), {
            args: ["127.0.0.1:3", at()],
            cwd: at(),
            env: ["stack", "project", "true", "{\"project:key\":\"value\"}", "[\"project:secret\"]", "a=b"],
        });
        assert.equal((await ask<{ getName: () => string }>((callback) => analyzer.getAnalyzerInfo(new Empty(), callback as never))).getName(), "pack");
        call.cancel();
        await ended;
        analyzer.close();
    });
});
