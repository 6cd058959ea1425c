import { NotReady, untilReady } from "./await";
import { ApiError } from "./client";
import { Cluster, reached } from "./cluster";
import { UnknownKind } from "./discovery";
import { isFreshlyCreated, leaveIgnored, takeOver } from "./managers";
import { normalize } from "./normalize";
import { idOf, kindOf, nameOf, namespaceOf, withName, type KubernetesObject } from "./object";
import { explain, fieldManagerOf, Incomplete, isForced, type Context } from "./operation";
import { checkpoint, readState, type State } from "./state";
import { at, holdsUnknown, reveal, withValue, type Values } from "./values";

export interface UpdateInput {
    readonly urn: string;
    readonly olds: Values;
    readonly news: Values;
    /** Seconds; 0 for none. */
    readonly timeout: number;
    readonly preview: boolean;
    readonly ignoreChanges: readonly string[];
}

/** Makes others' changes the resource's own, where they came from people or from earlier versions of Pulumi. */
async function claim(live: KubernetesObject, fieldManager: string, cluster: Cluster): Promise<KubernetesObject> {
    const managedFields = takeOver(live, fieldManager);
    return managedFields === undefined ? live : cluster.patch(live, [{ op: "replace", path: "/metadata/managedFields", value: managedFields }]);
}

async function send(inputs: KubernetesObject, old: State, fieldManager: string, { preview, ignoreChanges }: UpdateInput, cluster: Cluster, { settings }: Context): Promise<KubernetesObject> {
    const found = await cluster.get(withName(inputs, nameOf(old.live)));
    const dryRun = preview ? { dryRun: "All" } : {};
    if (kindOf(inputs) === "CustomResourceDefinition") {
        return cluster.replace(withValue(inputs, ["metadata", "resourceVersion"], at(found, "metadata", "resourceVersion") ?? ""), { fieldManager, ...dryRun });
    }
    const live = preview ? found : await claim(found, fieldManager, cluster);
    const force = isForced(inputs, settings) || (preview && isFreshlyCreated(live));
    return cluster.apply(leaveIgnored(inputs, live, ignoreChanges, fieldManager), { fieldManager, force: String(force), ...dryRun });
}

/** Gives up the fields that were held under a former name. */
async function relinquish(live: KubernetesObject, fieldManager: string, cluster: Cluster): Promise<void> {
    const { apiVersion = "", kind = "" } = live;
    await cluster.apply({ apiVersion, kind, metadata: { name: nameOf(live), ...(namespaceOf(live) === "" ? {} : { namespace: namespaceOf(live) }) } }, { fieldManager, force: "true" });
}

/** Whether a preview can't be more than a comparison. */
async function isBeyondPreview(inputs: KubernetesObject, { connection: { cluster } }: Context): Promise<boolean> {
    return holdsUnknown(inputs) || !(cluster instanceof Cluster) || await cluster.discovery.pathOf(inputs).then(() => false, (error: unknown) => error instanceof UnknownKind);
}

/**
 * Brings the object to what the program says, and waits until it is ready.
 * @returns the state to store
 * @throws Incomplete when the API server refuses or the object doesn't become ready: the state then tells what there is
 */
export async function update(input: UpdateInput, context: Context): Promise<Values> {
    const { urn, olds, news, timeout, preview } = input;
    const inputs = normalize(reveal(news));
    if (preview && await isBeyondPreview(inputs, context)) {
        return news;
    }
    const cluster = reached(context.connection);
    const old = readState(olds);
    const fieldManager = fieldManagerOf(inputs, old.fieldManager);
    const formerManager = fieldManagerOf(old.inputs, old.fieldManager);
    const keep = (live: KubernetesObject): Values => checkpoint({ live, inputs, initialApiVersion: old.initialApiVersion, fieldManager }, news);
    const status = (message: string): void => { context.log.status(urn, message); };
    try {
        const updated = await send(inputs, old, fieldManager, input, cluster, context);
        if (preview) {
            return keep(updated);
        }
        const live = await untilReady(updated, inputs, { cluster, timeout, cancelled: context.cancelled, status });
        if (formerManager !== fieldManager) {
            await relinquish(live, formerManager, cluster);
        }
        return keep(live);
    } catch (error) {
        if (preview && error instanceof ApiError && error.reason === "Forbidden") {
            return news;
        }
        const live = await cluster.get(old.live).catch(() => undefined);
        if (live === undefined) {
            throw new Error(`update of resource "${urn}" failed: ${explain(error, fieldManager)}`, { cause: error });
        }
        const message = `the Kubernetes API server reported that "${idOf(live)}" failed to fully initialize or become live: ${explain(error, fieldManager)}`;
        throw new Incomplete(message, idOf(live), keep(live), error instanceof NotReady ? error.problems : []);
    }
}
