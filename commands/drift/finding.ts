/** How a cluster can differ from the program. */
export const DIFFERENCES = {
    missing: "the program has it, the cluster doesn't",
    changed: "it isn't as the program says",
    added: "fields that the program doesn't set",
    unmanaged: "in a namespace of the stack, and not from Pulumi",
    removed: "Pulumi made it, and the program hasn't got it any more",
    violation: "a rule of the policy pack refuses it in the program",
    state: "a rule of the policy pack refuses it in Pulumi's state",
} as const;

export interface Finding {
    readonly what: keyof typeof DIFFERENCES;
    /** `Deployment wikifunctions/orchestrator`, or the name of a rule. */
    readonly subject: string;
    /** Paths of fields, who made it and when, what a rule says. In words. */
    readonly details: readonly string[];
}

/** By kind of difference as they stand above, then by name: the engine goes through its resources in another order every time, and two reports are compared line by line. */
export function ordered(findings: readonly Finding[]): Finding[] {
    const kinds = Object.keys(DIFFERENCES);
    return [...findings].sort((one, other) => kinds.indexOf(one.what) - kinds.indexOf(other.what) || one.subject.localeCompare(other.subject, "en") || one.details.join().localeCompare(other.details.join(), "en"));
}

/** Who gets the rights of a role. */
export interface Subject {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
}

/** A Kubernetes object, as far as it is looked at here. */
export interface KubernetesObject {
    readonly apiVersion?: string;
    readonly kind?: string;
    /** Of bindings of roles. */
    readonly roleRef?: object;
    readonly subjects?: readonly Subject[];
    readonly metadata?: {
        readonly name?: string;
        readonly namespace?: string;
        readonly uid?: string;
        readonly creationTimestamp?: string;
        readonly ownerReferences?: readonly { readonly kind: string; readonly uid: string; readonly controller?: boolean }[];
        readonly managedFields?: readonly { readonly manager?: string; readonly time?: string; readonly subresource?: string; readonly fieldsV1?: object }[];
    };
}

/** `NetworkPolicy wikifunctions/default-deny` */
export function subjectOf({ kind = "object", metadata = {} }: KubernetesObject): string {
    const { namespace, name = "without a name" } = metadata;
    return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
