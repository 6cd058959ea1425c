import { entries, field, isObject, isUnset } from "../model/read";
import type { Resource, Value } from "../model/resource";
import { asWritten } from "./assigned";
import type { Content } from "./read";
import { Unreadable, type Place } from "./unreadable";

/** One Kubernetes object of a file. */
export interface Manifest {
    readonly resource: Resource;
    /** Where a path of a violation stands. A field that isn't set is shown where it would have to be; what is no field, at the object. */
    readonly placeOf: (path: string) => Place;
}

/** Kinds whose name ends in List are lists once they have items; those with a spec are objects of somebody's own. */
function isList(value: { readonly [key: string]: Value }): boolean {
    return typeof value["kind"] === "string" && value["kind"].endsWith("List") && (value["kind"] === "List" || Object.hasOwn(value, "items")) && !Object.hasOwn(value, "spec");
}

/**
 * The objects of one document: itself, or the items of a list, however nested.
 * @throws Unreadable where something isn't an object with apiVersion and kind
 */
export function* manifestsIn(content: Content): Generator<Manifest> {
    yield* unroll(content, content.value, content.placeOf(""), {});
}

interface Type {
    readonly apiVersion?: Value;
    readonly kind?: Value;
}

function* unroll(content: Content, value: Value, start: Place, inherited: Type): Generator<Manifest> {
    if (!isObject(value)) {
        throw new Unreadable(start, "not a Kubernetes object: it has to be a map with apiVersion and kind");
    }
    const type: Type = { apiVersion: value["apiVersion"] ?? inherited.apiVersion, kind: value["kind"] ?? inherited.kind };
    const text = (key: keyof Type): string => {
        const given = type[key];
        if (typeof given !== "string" || given === "") {
            throw new Unreadable(content.placeOf(key, value, start), `not a Kubernetes object: ${key} ${isUnset(given) ? "is missing" : "has to be a text"}`);
        }
        return given;
    };
    const [apiVersion, kind] = [text("apiVersion"), text("kind")];
    if (!isList(value)) {
        yield { resource: toResource(value, apiVersion, kind, start), placeOf: (path) => content.placeOf(path, value, start) };
        return;
    }
    const items = field({ path: "", value }, "items");
    if (!isUnset(items.value) && !Array.isArray(items.value)) {
        throw new Unreadable(content.placeOf("items", value, start), "items has to be a list, because the kind is one of a list");
    }
    // A list of one kind may leave the type of its items out, the general one can't.
    const ofItems: Type = kind === "List" ? {} : { apiVersion, kind: kind.slice(0, -"List".length) };
    for (const item of entries(items)) {
        yield* unroll(content, item.value, content.placeOf(item.path, value, start), ofItems);
    }
}

/** The same shape as a resource of a preview, without what only Pulumi knows, or a cluster has added. */
export function toResource(value: { readonly [key: string]: Value }, apiVersion: string, kind: string, { file, line, column }: Place): Resource {
    const name = field({ path: "", value }, "metadata", "name").value;
    return {
        urn: `${file}:${String(line)}:${String(column)}`,
        type: `kubernetes:${apiVersion.includes("/") ? "" : "core/"}${apiVersion}:${kind}`,
        name: typeof name === "string" ? name : "without a name",
        props: { ...asWritten(value, kind), apiVersion, kind },
        options: { protect: false, ignoreChanges: [], deleteBeforeReplace: false },
        dependencies: [],
    };
}
