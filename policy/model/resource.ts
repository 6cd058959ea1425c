/** Stands in the model for a value that a preview doesn't know yet. A rule that needs such a value must report it, never skip it. */
export const UNKNOWN: unique symbol = Symbol("unknown until the update runs");

/** A plain JSON value as Pulumi holds it, or {@link UNKNOWN} where the preview doesn't know it. */
export type Value = string | number | boolean | null | undefined | typeof UNKNOWN | Value[] | { [key: string]: Value };

/** One resource of the stack, the same shape whether it comes from a preview or from a manifest. */
export interface Resource {
    /** Pulumi URN; unique in the stack. */
    readonly urn: string;
    /** Pulumi type token, e.g. `kubernetes:apps/v1:Deployment`. */
    readonly type: string;
    /** Logical name. */
    readonly name: string;
    /** Input properties: apiVersion, kind, metadata, spec, … */
    readonly props: { readonly [key: string]: Value };
    /** Pulumi resource options that change what a policy means. */
    readonly options: {
        readonly protect: boolean;
        readonly ignoreChanges: readonly string[];
        readonly deleteBeforeReplace: boolean;
    };
    /** URNs that this resource depends on, directly; stack rules walk them. Empty where only one resource is known. */
    readonly dependencies: readonly string[];
}
