import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { tokenOf, type Properties } from "../../project";

const struct = (properties: Properties): Struct => Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
const properties = (message: Struct | undefined): Properties => message?.toJavaScript() ?? {};

/** What a plugin says to a question: an answer, or the words of its refusal. */
export type Said<Answer> = Answer | { readonly refusal: string };

/** One difference, and whether it replaces the resource. */
export interface Difference {
    readonly details: Record<string, { readonly kind: number; readonly inputDiff: boolean }>;
    readonly replaces: readonly string[];
    readonly deleteBeforeReplace: boolean;
    readonly changes: number;
}

export const urnOf = (object: Properties): string => `urn:pulumi:stack::parity::${tokenOf(object)}::it`;

/** A provider plugin that runs, asked directly and not by `pulumi`. */
export class Plugin {
    private constructor(
        private readonly process: ChildProcess,
        private readonly engine: grpc.Server,
        private readonly client: ResourceProviderClient,
    ) {}

    /** Starts a plugin and connects it to the cluster of a kubeconfig. */
    static async start(program: string, kubeconfig: string, variables: Readonly<Record<string, string>> = {}): Promise<Plugin> {
        // The plugin's messages for the user have to go somewhere.
        const engine = new grpc.Server();
        const deaf: grpc.handleUnaryCall<unknown, unknown> = (_, callback) => { callback(null, new Empty()); };
        engine.addService(EngineService, Object.fromEntries(Object.keys(EngineService).map((name) => [name, deaf])));
        const port = await new Promise<number>((resolve, reject) => {
            engine.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => { if (error === null) { resolve(bound); } else { reject(error); } });
        });
        const child = spawn(program, [`127.0.0.1:${port}`], { stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, KUBECONFIG: kubeconfig } });
        const [address] = await once(child.stdout, "data") as [Buffer];
        const plugin = new Plugin(child, engine, new ResourceProviderClient(`127.0.0.1:${address.toString().trim()}`, grpc.credentials.createInsecure()));
        const request = new messages.ConfigureRequest();
        request.setAcceptsecrets(true);
        Object.entries(variables).forEach(([key, value]) => request.getVariablesMap().set(`kubernetes:config:${key}`, value));
        await plugin.ask((callback) => plugin.client.configure(request, callback), () => ({}));
        return plugin;
    }

    private ask<Response, Answer>(send: (callback: (error: grpc.ServiceError | null, response: Response) => void) => unknown, read: (response: Response) => Answer): Promise<Said<Answer>> {
        return new Promise((resolve) => {
            send((error, response) => { resolve(error === null ? read(response) : { refusal: error.details }); });
        });
    }

    /** The inputs as the plugin wants them. */
    check(news: Properties, olds: Properties = {}): Promise<Said<Properties>> {
        const request = new messages.CheckRequest();
        request.setUrn(urnOf(news));
        request.setNews(struct(news));
        request.setOlds(struct(olds));
        return this.ask((callback) => this.client.check(request, callback), (response: messages.CheckResponse) => properties(response.getInputs()));
    }

    diff(id: string, olds: Properties, news: Properties, ignoreChanges: string[] = []): Promise<Said<Difference>> {
        const request = new messages.DiffRequest();
        request.setUrn(urnOf(news));
        request.setId(id);
        request.setOlds(struct(olds));
        request.setNews(struct(news));
        request.setIgnorechangesList(ignoreChanges);
        return this.ask((callback) => this.client.diff(request, callback), (response: messages.DiffResponse) => ({
            details: Object.fromEntries([...response.getDetaileddiffMap().entries()].map(([path, detail]) => [path, { kind: detail.getKind(), inputDiff: detail.getInputdiff() }])),
            replaces: response.getReplacesList().sort(),
            deleteBeforeReplace: response.getDeletebeforereplace(),
            changes: response.getChanges(),
        }));
    }

    /** What the API server would make of the inputs. */
    preview(news: Properties): Promise<Said<Properties>> {
        const request = new messages.CreateRequest();
        request.setUrn(urnOf(news));
        request.setProperties(struct(news));
        request.setPreview(true);
        return this.ask((callback) => this.client.create(request, callback), (response: messages.CreateResponse) => properties(response.getProperties()));
    }

    async stop(): Promise<void> {
        this.client.close();
        this.process.kill();
        await once(this.process, "close");
        this.engine.forceShutdown();
    }
}
