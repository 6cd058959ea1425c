import { textAt, withValue, type Values } from "./values";

/** Annotations that Pulumi's users steer a provider with. */
export const ANNOTATION = {
    autonamed: "pulumi.com/autonamed",
    skipAwait: "pulumi.com/skipAwait",
    timeoutSeconds: "pulumi.com/timeoutSeconds",
    waitFor: "pulumi.com/waitFor",
    replaceUnready: "pulumi.com/replaceUnready",
    patchForce: "pulumi.com/patchForce",
    patchFieldManager: "pulumi.com/patchFieldManager",
    deletionPropagation: "pulumi.com/deletionPropagationPolicy",
} as const;

/** An object of the Kubernetes API: only its type and metadata are known here. */
export type KubernetesObject = Values;

export const apiVersionOf = (object: KubernetesObject): string => textAt(object, "apiVersion");
export const kindOf = (object: KubernetesObject): string => textAt(object, "kind");
export const nameOf = (object: KubernetesObject): string => textAt(object, "metadata", "name");
export const namespaceOf = (object: KubernetesObject): string => textAt(object, "metadata", "namespace");
export const annotation = (object: KubernetesObject, key: string): string => textAt(object, "metadata", "annotations", key);
export const isMarked = (object: KubernetesObject, key: string): boolean => annotation(object, key) === "true";
export const groupOf = (object: KubernetesObject): string => (apiVersionOf(object).includes("/") ? apiVersionOf(object).split("/")[0] ?? "" : "");

export const withName = (object: KubernetesObject, name: string): KubernetesObject => withValue(object, ["metadata", "name"], name);
export const withNamespace = (object: KubernetesObject, namespace: string): KubernetesObject => withValue(object, ["metadata", "namespace"], namespace);

/** The resource's id in Pulumi's state: `namespace/name`, or `name` for what belongs to no namespace. */
export function idOf(object: KubernetesObject): string {
    return namespaceOf(object) === "" ? nameOf(object) : `${namespaceOf(object)}/${nameOf(object)}`;
}

export function parseId(id: string): { readonly namespace: string; readonly name: string } {
    const [first = "", second] = id.split("/");
    return second === undefined ? { namespace: "", name: first } : { namespace: first, name: second };
}

/** What a resource's type token says: `kubernetes:apps/v1:Deployment` is kind Deployment of apiVersion apps/v1. */
export function typeOfUrn(urn: string): { readonly apiVersion: string; readonly kind: string } {
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    const [, apiVersion = "", kind = ""] = type.split(":");
    return { apiVersion: apiVersion.startsWith("core/") ? apiVersion.slice("core/".length) : apiVersion, kind };
}

export const nameOfUrn = (urn: string): string => urn.split("::").slice(3).join("::");
