import { isObject } from "../model/read";
import type { Value } from "../model/resource";

type Properties = { readonly [key: string]: Value };

/** What the API server writes by itself, whatever a manifest says of it. Source: `rest.BeforeCreate` and `rest.BeforeUpdate` of k8s.io/apiserver. */
const OF_METADATA = ["uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds"];

/** What kubectl notes for itself on an object that it has applied. */
const NOTED = ["kubectl.kubernetes.io/last-applied-configuration"];

/** What the cluster chooses for a Service where nobody did: an order in a manifest, and no more than an answer in an object that a cluster has. */
const CHOSEN = ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"];

/** The object as somebody would write it: without what the cluster has assigned to it. What it might be told stays. */
export function asWritten(object: Properties, kind: string): Properties {
    const { metadata, spec } = object;
    const isLive = isObject(metadata) && [metadata["uid"], metadata["resourceVersion"]].every((text) => typeof text === "string" && text !== "");
    const annotations = isObject(metadata) && isObject(metadata["annotations"]) ? metadata["annotations"] : undefined;
    const written = isObject(metadata) ? without(metadata, OF_METADATA) : metadata;
    return {
        ...without(object, ["status"]),
        ...(isObject(written) ? { metadata: isLive && annotations !== undefined ? { ...written, annotations: without(annotations, NOTED) } : written } : {}),
        ...(isLive && isObject(spec) && kind === "Service" ? { spec: without(spec, CHOSEN) } : {}),
    };
}

/** The same object where it has none of the keys. */
function without(object: { [key: string]: Value }, keys: readonly string[]): { [key: string]: Value } {
    return keys.some((key) => Object.hasOwn(object, key)) ? Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key))) : object;
}
