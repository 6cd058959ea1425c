import type { Resource, Value } from "../../model/resource";
import type { Posture } from "../posture";

/** How a value stands to the approved one. */
export type Verdict = "same" | "neutral" | "tighter" | "looser";

/** What an order may look at beside the two values. */
export interface Context {
    /** The last key of the path: of an annotation, of a quantity. */
    readonly key: string;
    readonly resource: Resource;
    readonly posture: Posture;
}

/**
 * Decides on a place of an object where values may differ from the approved one. Either value may be undefined, where the field isn't
 * set, but not both. Undefined where it has no opinion, so that field by field everything has to be equal.
 */
export interface Order {
    /** What it compares, in a few words for a table. */
    readonly is: string;
    readonly decide: (approved: Value, now: Value, context: Context) => Verdict | undefined;
    /** What is demanded, where it is more than the approved value itself. */
    readonly must?: (approved: Value, context: Context) => string;
    /** How a value stands in the file of what is approved, alone in a list; undefined where it is written as it is, key by key. */
    readonly plain?: (value: Value) => readonly [Value] | undefined;
}
