import { NotReady, untilDeleted } from "./await";
import { isNotFound } from "./client";
import { Cluster } from "./cluster";
import { UnknownKind } from "./discovery";
import { ANNOTATION, annotation, idOf, kindOf } from "./object";
import type { Context } from "./operation";
import { readState } from "./state";
import { listAt, type Values } from "./values";

export interface DeleteInput {
    readonly urn: string;
    readonly olds: Values;
    /** Seconds; 0 for none. */
    readonly timeout: number;
}

const PROPAGATION: Readonly<Record<string, string>> = { orphan: "Orphan", background: "Background" };

/** Deletes the object and waits until it is gone. @throws Error when it still is there in the end */
export async function remove({ urn, olds, timeout }: DeleteInput, { connection: { cluster }, settings, log, cancelled }: Context): Promise<void> {
    if (!(cluster instanceof Cluster)) {
        if (settings.deleteUnreachable) {
            return;
        }
        throw new Error("configured Kubernetes cluster is unreachable. If the cluster was deleted, you can remove this resource from Pulumi state by rerunning the operation with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to \"true\"");
    }
    const { live, inputs } = readState(olds);
    const propagationPolicy = PROPAGATION[annotation(inputs, ANNOTATION.deletionPropagation).toLowerCase()] ?? "Foreground";
    try {
        await cluster.delete(live, { propagationPolicy });
        await untilDeleted(live, inputs, { cluster, timeout, cancelled, status: (message) => { log.status(urn, message); } });
    } catch (error) {
        // It is gone, or its kind is.
        if (isNotFound(error) || error instanceof UnknownKind) {
            return;
        }
        if (error instanceof NotReady) {
            const finalizers = listAt(error.live, "metadata", "finalizers").join(", ");
            throw new Error(`${kindOf(live)} ${idOf(live)}: ${error.message}${finalizers === "" ? "" : `; finalizers might be preventing it (${finalizers})`}`, { cause: error });
        }
        throw error;
    }
}
