import { isObject } from "../model/read";
import type { Value } from "../model/resource";

export type Properties = { readonly [key: string]: Value };

/** What the API server writes by itself, whatever a manifest says of it. Source: `rest.BeforeCreate` and `rest.BeforeUpdate` of k8s.io/apiserver. */
const OF_METADATA = ["uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds"];

/** What kubectl notes for itself on an object that it has applied. */
const NOTED = ["kubectl.kubernetes.io/last-applied-configuration"];

/** What the cluster chooses for a Service where nobody did: an order in a manifest, and no more than an answer in an object that a cluster has. */
const CHOSEN = ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"];

/** The object without what is the API server's word in any case. What it might be told stays. */
export function asWritten(object: Properties): Properties {
    const { metadata } = object;
    return { ...without(object, ["status"]), ...(isObject(metadata) ? { metadata: without(metadata, OF_METADATA) } : {}) };
}

/** The same for an object that was read from a cluster. Only whoever did that knows it: uid and resourceVersion are quickly written, and kubectl creates an object that has them. */
export function asRead(object: Properties, kind: string): Properties {
    const written = asWritten(object);
    const { metadata } = written;
    const annotations = isObject(metadata) && isObject(metadata["annotations"]) ? { annotations: without(metadata["annotations"], NOTED) } : {};
    return { ...withoutChosen(written, kind), ...(isObject(metadata) ? { metadata: { ...metadata, ...annotations } } : {}) };
}

/** What remains of an object that says itself that a cluster has chosen for it; undefined for one that doesn't, or has nothing to choose. */
export function asClaimed(object: Properties, kind: string): Properties | undefined {
    const { metadata, spec } = object;
    const isLive = isObject(metadata) && [metadata["uid"], metadata["resourceVersion"]].every((text) => typeof text === "string" && text !== "");
    return isLive && isObject(spec) && kind === "Service" ? withoutChosen(asWritten(object), kind) : undefined;
}

function withoutChosen(object: Properties, kind: string): Properties {
    const { spec } = object;
    return kind === "Service" && isObject(spec) ? { ...object, spec: without(spec, CHOSEN) } : object;
}

/** The same object where it has none of the keys. */
function without(object: { [key: string]: Value }, keys: readonly string[]): { [key: string]: Value } {
    return keys.some((key) => Object.hasOwn(object, key)) ? Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key))) : object;
}
