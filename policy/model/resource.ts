/** Stands in the model for a value that a preview doesn't know yet. A rule that needs such a value must report it, never skip it. */
export const UNKNOWN: unique symbol = Symbol("unknown until the update runs");

/** Stands for a value that can't be read as Kubernetes would: an asset, or a field looked for inside something that isn't an object. */
export const MALFORMED: unique symbol = Symbol("inside a value of the wrong type");

/** A plain JSON value as Pulumi holds it, {@link UNKNOWN} where the preview doesn't know it, or {@link MALFORMED}. */
export type Value = string | number | boolean | null | undefined | typeof UNKNOWN | typeof MALFORMED | Value[] | { [key: string]: Value };

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
        /** URNs under which the resource was known before. */
        readonly aliases?: readonly string[];
        /** Seconds, of those that are set. */
        readonly customTimeouts?: Readonly<Record<string, number>>;
        readonly additionalSecretOutputs?: readonly string[];
        /** Known from the JSON of a preview only: Pulumi doesn't tell these to policies. */
        readonly retainOnDelete?: boolean;
        readonly deletedWith?: string;
        readonly replaceOnChanges?: readonly string[];
        /** Names of further options that are set: `pluginDownloadURL`, `envVarMappings`, `replacementTrigger`. */
        readonly others?: readonly string[];
    };
    /** The provider that makes the resource; components have none, and neither has a manifest read from a file. */
    readonly provider?: {
        readonly urn: string;
        readonly type: string;
        readonly name: string;
        readonly props: { readonly [key: string]: Value };
    };
    /** URNs that this resource depends on, directly; stack rules walk them. Empty where only one resource is known. */
    readonly dependencies: readonly string[];
}
