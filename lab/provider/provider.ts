import { create, type CreateInput, type Created } from "./create";
import { check, type CheckInput } from "./check";
import { connect, type Connection } from "./cluster";
import { remove, type DeleteInput } from "./delete";
import type { Log } from "./engine";
import type { Context } from "./operation";
import { plan, type Plan } from "./plan";
import { read, type Found, type ReadInput } from "./read";
import { readSettings, type Settings } from "./settings";
import { update, type UpdateInput } from "./update";
import type { Values } from "./values";

/** Says that it isn't the official plugin: build metadata leaves the order of versions alone, and the engine wants one no older than the program's. */
export const VERSION = "4.34.2+lab";

/** The operations on a cluster's objects, once the engine has said which cluster. */
export class Provider {
    private readonly cancellation = new AbortController();
    private configured: { readonly settings: Settings; readonly connection: Connection } | undefined;

    constructor(private readonly log: Log) {}

    async configure(variables: Readonly<Record<string, string>>): Promise<void> {
        const settings = readSettings(variables, process.env);
        const connection = await connect(settings, `pulumi-kubernetes/${VERSION}`, process.env);
        if ("unreachable" in connection.cluster) {
            // A preview goes on without: it should not look as if the API server had agreed to it.
            this.log.warn("", `configured Kubernetes cluster is unreachable: ${connection.cluster.unreachable}`);
        }
        this.configured = { settings, connection };
    }

    private get context(): Context {
        if (this.configured === undefined) {
            throw new Error("the provider isn't configured yet");
        }
        return { ...this.configured, log: this.log, cancelled: this.cancellation.signal };
    }

    check(input: CheckInput): Promise<Values> {
        return check(input, this.context.connection, this.context.settings);
    }

    diff(olds: Values, news: Values, ignoreChanges: readonly string[]): Promise<Plan> {
        return plan(olds, news, ignoreChanges, this.context.connection, this.context.settings);
    }

    create(input: CreateInput): Promise<Created> {
        return create(input, this.context);
    }

    read(input: ReadInput): Promise<Found> {
        return read(input, this.context);
    }

    update(input: UpdateInput): Promise<Values> {
        return update(input, this.context);
    }

    delete(input: DeleteInput): Promise<void> {
        return remove(input, this.context);
    }

    /** Ends all waiting. */
    cancel(): void {
        this.cancellation.abort();
    }
}
