import { setTimeout as delay } from "node:timers/promises";
import { NotReady, untilReady } from "./await";
import { ApiError, isNotFound } from "./client";
import { Cluster, reached } from "./cluster";
import { UnknownKind } from "./discovery";
import { CREATOR } from "./managers";
import { apiVersionOf, idOf, kindOf, type KubernetesObject } from "./object";
import { explain, fieldManagerOf, Incomplete, isForced, type Context } from "./operation";
import { checkpoint } from "./state";
import { holdsUnknown, reveal, without, type Values } from "./values";

export interface CreateInput {
    readonly urn: string;
    readonly news: Values;
    /** Seconds; 0 for none. */
    readonly timeout: number;
    readonly preview: boolean;
}

export interface Created {
    /** Empty in a preview. */
    readonly id: string;
    readonly state: Values;
}

/** Seconds between attempts: a namespace or a custom resource's kind may come a little later, and one in the way may be going. */
const PAUSES = [1, 2, 4, 8, 16];

const isEarly = (error: unknown): boolean => isNotFound(error) || error instanceof UnknownKind || (error instanceof ApiError && error.message.startsWith("object is being deleted"));

async function send(object: KubernetesObject, fieldManager: string, preview: boolean, cluster: Cluster, { settings }: Context): Promise<KubernetesObject> {
    const dryRun = preview ? { dryRun: "All" } : {};
    if (!settings.upsertExistingObjects) {
        return cluster.create(object, { fieldManager: CREATOR, ...dryRun });
    }
    return cluster.apply(object, { fieldManager, force: String(preview || isForced(object, settings)), fieldValidation: "Warn", ...dryRun });
}

async function sendWithPatience(object: KubernetesObject, fieldManager: string, urn: string, cluster: Cluster, context: Context): Promise<KubernetesObject> {
    for (const [attempt, pause] of PAUSES.entries()) {
        try {
            return await send(object, fieldManager, false, cluster, context);
        } catch (error) {
            if (!isEarly(error) || context.cancelled.aborted) {
                throw error;
            }
            context.log.status(urn, `Retry #${attempt}; creation failed: ${(error as Error).message}`);
            await delay(pause * 1000, undefined, { signal: context.cancelled }).catch(() => undefined);
        }
    }
    return send(object, fieldManager, false, cluster, context);
}

/**
 * Whether a dry run's refusal says nothing about the update: what the object needs may come earlier in it, what is in its way may go,
 * and whoever may not create may still preview.
 */
function isInconclusive(error: unknown): boolean {
    return error instanceof ApiError
        && (error.reason === "Forbidden" || error.reason === "AlreadyExists" || (isNotFound(error) && error.about === "namespaces") || error.message.includes("does not support dry run"));
}

async function preview({ urn, news }: CreateInput, inputs: KubernetesObject, fieldManager: string, context: Context): Promise<Created> {
    const { cluster } = context.connection;
    const asIs = { id: "", state: news };
    if (!(cluster instanceof Cluster) || holdsUnknown(inputs)) {
        return asIs;
    }
    try {
        const live = await send(inputs, fieldManager, true, cluster, context);
        return { id: "", state: checkpoint({ live: without(live, ["status"]), inputs, initialApiVersion: apiVersionOf(inputs), fieldManager }, news) };
    } catch (error) {
        if (error instanceof UnknownKind || isInconclusive(error)) {
            return asIs;
        }
        throw new Error(`resource "${urn}" was not successfully created by the Kubernetes API server: ${explain(error, fieldManager)}`, { cause: error });
    }
}

/**
 * Creates the object and waits until it is ready; in a preview the API server only says what it would make of it.
 * @throws Incomplete when it is created, but not ready
 * @throws Error with the API server's words when it isn't created
 */
export async function create(input: CreateInput, context: Context): Promise<Created> {
    const { urn, news, timeout } = input;
    const inputs = reveal(news);
    const fieldManager = fieldManagerOf(inputs, "");
    if (input.preview) {
        return preview(input, inputs, fieldManager, context);
    }
    const cluster = reached(context.connection);
    const keep = (live: KubernetesObject): Values => checkpoint({ live, inputs, initialApiVersion: apiVersionOf(inputs), fieldManager }, news);
    const created = await sendWithPatience(inputs, fieldManager, urn, cluster, context).catch((error: unknown) => {
        throw new Error(`resource "${urn}" was not successfully created by the Kubernetes API server: ${explain(error, fieldManager)}`, { cause: error });
    });
    if (kindOf(inputs) === "CustomResourceDefinition") {
        cluster.discovery.forget();
    }
    const status = (message: string): void => { context.log.status(urn, message); };
    try {
        const live = await untilReady(created, inputs, { cluster, timeout, cancelled: context.cancelled, status });
        return { id: idOf(live), state: keep(live) };
    } catch (error) {
        if (error instanceof NotReady) {
            const message = `resource "${urn}" was successfully created, but the Kubernetes API server reported that it failed to fully initialize or become live: ${error.message}`;
            throw new Incomplete(message, idOf(error.live), keep(error.live), error.problems);
        }
        throw error;
    }
}
