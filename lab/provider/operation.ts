import { ApiError } from "./client";
import type { Connection } from "./cluster";
import type { Log } from "./engine";
import { newFieldManager } from "./naming";
import { ANNOTATION, annotation, isMarked, type KubernetesObject } from "./object";
import type { Settings } from "./settings";
import type { Values } from "./values";

/** What every operation works with. */
export interface Context {
    readonly connection: Connection;
    readonly settings: Settings;
    readonly log: Log;
    /** Aborted when the user cancels. */
    readonly cancelled: AbortSignal;
}

/** The API server has the object, but not as it was to be: the state is kept, and the next update tries again. */
export class Incomplete extends Error {
    override readonly name = "Incomplete";

    /** @param inputs what to store as inputs; undefined to keep those of the operation */
    constructor(message: string, readonly id: string, readonly state: Values, readonly problems: readonly string[], readonly inputs?: Values) {
        super(message);
    }
}

const CONFLICT = "Conflict";
const HELP = "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources";

/** The API server's own words, and what can be done where it is known. */
export function explain(error: unknown, fieldManager: string): string {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ApiError && error.reason === CONFLICT) {
        return `Server-Side Apply field conflict detected. See ${HELP} for troubleshooting help.\nThe resource managed by field manager "${fieldManager}" had an apply conflict: ${message}`;
    }
    if (error instanceof ApiError && error.reason === "AlreadyExists") {
        return `${message}\nAdopt it with pulumi import, keep its identity with an alias if the resource was renamed, or let kubernetes:upsertExistingObjects overwrite it.`;
    }
    return message;
}

/** Whose the fields are: what the annotation says, else what the state remembers, else somebody new. */
export function fieldManagerOf(inputs: KubernetesObject, remembered: string): string {
    return annotation(inputs, ANNOTATION.patchFieldManager) || remembered || newFieldManager();
}

/** Whether the program says that conflicts with other managers are to be overridden. */
export const isForced = (inputs: KubernetesObject, { enablePatchForce }: Settings): boolean => isMarked(inputs, ANNOTATION.patchForce) || enablePatchForce;
