import { KNOWN_KINDS } from "../../model/kinds";
import type { Resource, Value } from "../../model/resource";
import { metadata } from "../../model/stack";

const HASHED = /^(apparmor-profiles|wikifunctions-[a-z0-9-]+)-[0-9a-f]{12}$/;

/** A name without the hash that it ends in, where it is one of a profile or of a ConfigMap of profiles; any other name as it is. */
export function withoutHash(name: string): string {
    return HASHED.exec(name)?.[1] ?? name;
}

/**
 * What a resource is, whatever it says: its Pulumi type, its namespace, and its name without a hash. What is no Kubernetes object goes by
 * its name in Pulumi. Undefined where name or namespace can't be read.
 */
export function identityOf(resource: Resource): string | undefined {
    if (!resource.type.startsWith("kubernetes:")) {
        return JSON.stringify([resource.type, "", resource.name]);
    }
    // Whatever namespace an object of the whole cluster states, it stands in none.
    const isNamespaced = KNOWN_KINDS.get(resource.type)?.namespaced !== false;
    const [name, namespace] = [metadata(resource, "name"), isNamespaced ? (metadata(resource, "namespace") ?? "") : ""];
    return typeof name !== "string" || typeof namespace !== "string" ? undefined : JSON.stringify([resource.type, namespace, withoutHash(name)]);
}

/** `Deployment wikifunctions/evaluator-python`, without a hash. */
export function nameOf(resource: Resource): string {
    const [name, namespace] = [textOf(metadata(resource, "name")), textOf(metadata(resource, "namespace"))];
    const place = name === undefined ? resource.name : withoutHash(name);
    return `${resource.type.split(":").at(-1) ?? ""} ${namespace === undefined ? "" : `${namespace}/`}${place}`;
}

function textOf(value: Value): string | undefined {
    return typeof value === "string" ? value : undefined;
}

/** Whether Pulumi knows more of a resource than its manifest says: its options, its name, its provider. */
export function isOfPulumi({ urn }: Resource): boolean {
    return urn.startsWith("urn:pulumi:");
}

/** The chain of types and the name in a URN, behind stack and project: under another one, Pulumi makes the object anew, and then deletes the old one. */
export function placeInPulumi({ urn }: Resource): string {
    return urn.split("::").slice(2).join("::");
}
