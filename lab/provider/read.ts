import { demandReady, NotReady } from "./await";
import { isNotFound } from "./client";
import { Cluster } from "./cluster";
import { UnknownKind } from "./discovery";
import { normalize } from "./normalize";
import { apiVersionOf, idOf, kindOf, nameOf, parseId, typeOfUrn, type KubernetesObject } from "./object";
import { fieldManagerOf, Incomplete, type Context } from "./operation";
import { checkpoint, copySecrecy, prune, readState } from "./state";
import { reveal, without, type Values } from "./values";

export interface ReadInput {
    readonly urn: string;
    readonly id: string;
    /** The stored state; empty for an import. */
    readonly olds: Values;
    /** The stored inputs; empty for an import. */
    readonly inputs: Values;
}

/** Undefined where the object isn't there any more. */
export type Found = { readonly id: string; readonly state: Values; readonly inputs: Values } | undefined;

/** What of a live object is no input, though nothing tells it apart from one. */
const NOT_INPUT = [
    ["status"],
    ["metadata", "annotations", "deployment.kubernetes.io/revision"],
    ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"],
];

/** All that a program could have said about an object that it doesn't know yet. */
const inputsOfLive = (live: KubernetesObject): KubernetesObject => NOT_INPUT.reduce((object, path) => without(object, path), normalize(live));

function unreachable({ id, olds, inputs }: ReadInput, { settings }: Context): Found {
    if (settings.deleteUnreachable) {
        return undefined;
    }
    if (settings.skipUpdateUnreachable) {
        return { id, state: olds, inputs };
    }
    throw new Error("failed to read resource state due to unreachable cluster. If the cluster was deleted, you can remove this resource from Pulumi state by rerunning the operation with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to \"true\"");
}

/** The type, name and namespace to ask for: from the stored inputs, or for an import from the resource's type and id. */
function wanted(urn: string, id: string, inputs: KubernetesObject): KubernetesObject {
    const { apiVersion, kind } = typeOfUrn(urn);
    const { namespace, name } = parseId(id);
    if (name === "") {
        throw new Error(`the id is "${id}"; it must be a name, or namespace/name`);
    }
    return {
        apiVersion: apiVersionOf(inputs) || apiVersion,
        kind: kindOf(inputs) || kind,
        metadata: { name, ...(namespace === "" ? {} : { namespace }) },
    };
}

/**
 * The object as it is now, for a refresh or an import.
 * @throws Incomplete when it is there, but not ready
 */
export async function read(input: ReadInput, context: Context): Promise<Found> {
    const { urn, id, inputs: marked } = input;
    const { cluster } = context.connection;
    if (!(cluster instanceof Cluster)) {
        return unreachable(input, context);
    }
    const old = readState(input.olds);
    const oldInputs = normalize(reveal(marked));
    const isKnown = kindOf(oldInputs) !== "";
    const live = await cluster.get(wanted(urn, id, isKnown ? oldInputs : old.live)).catch((error: unknown) => {
        if (isNotFound(error) || error instanceof UnknownKind) {
            return undefined;
        }
        throw error;
    });
    if (live === undefined || nameOf(live) === "") {
        return undefined;
    }
    const inputs = isKnown ? prune(live, oldInputs) as Values : inputsOfLive(live);
    const state = checkpoint({ live, inputs, initialApiVersion: old.initialApiVersion || apiVersionOf(live), fieldManager: fieldManagerOf(oldInputs, old.fieldManager) }, marked);
    const found = { id: id === "" ? idOf(live) : id, state, inputs: copySecrecy(inputs, marked) };
    if (isKnown) {
        await demandReady(live, oldInputs, cluster).catch((error: unknown) => {
            throw error instanceof NotReady ? new Incomplete(error.message, found.id, state, error.problems, found.inputs) : error;
        });
    }
    return found;
}
