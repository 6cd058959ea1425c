import { entries, field, isObject, isUnset } from "../model/read";
import type { Resource, Value } from "../model/resource";
import { asClaimed, asRead, asWritten, type Properties } from "./assigned";
import { inWords, LIMITS } from "./limits";
import type { Content } from "./read";
import { Unreadable, type Place } from "./unreadable";

/** One Kubernetes object of a file. */
export interface Manifest {
    readonly resource: Resource;
    /** The same without what it says, and nobody else, that a cluster has chosen for it. */
    readonly claimed?: Resource;
    /** Where a path of a violation stands. A field that isn't set is shown where it would have to be; what is no field, at the object. */
    readonly placeOf: (path: string) => Place;
}

/** kubectl takes for a list whatever has items, whatever its kind; within a list only what has a list of them. */
function isList(value: { readonly [key: string]: Value }, isNested: boolean): boolean {
    return isNested ? Array.isArray(value["items"]) : Object.hasOwn(value, "items");
}

/**
 * The objects of one document: itself, or the items of a list.
 * @param isLive whether they were read from a cluster
 * @throws Unreadable where something isn't an object with apiVersion and kind, or a list is in another
 */
export function* manifestsIn(content: Content, isLive = false): Generator<Manifest> {
    yield* unroll(content, isLive, content.value, content.placeOf(""));
}

interface Type {
    readonly apiVersion: string;
    readonly kind: string;
}

/** @param ofItems the type of a list's items that say nothing of their own */
function* unroll(content: Content, isLive: boolean, value: Value, start: Place, ofItems?: Type): Generator<Manifest> {
    if (!isObject(value)) {
        throw new Unreadable(start, "not a Kubernetes object: it has to be a map with apiVersion and kind");
    }
    const own: Value[] = [value["apiVersion"], value["kind"]];
    const hasType = own.some((given) => !isUnset(given) && given !== "");
    const text = (key: keyof Type): string => {
        const given = hasType ? value[key] : (value[key] ?? ofItems?.[key]);
        if (typeof given !== "string" || given === "") {
            throw new Unreadable(content.placeOf(key, value, start), `not a Kubernetes object: ${key} ${isUnset(given) ? "is missing" : "has to be a text"}`);
        }
        return given;
    };
    const [apiVersion, kind] = [text("apiVersion"), text("kind")];
    if (!isList(value, ofItems !== undefined)) {
        if (valuesIn(value, LIMITS.objectValues) > LIMITS.objectValues) {
            throw new Unreadable(start, `an object of more than ${inWords(LIMITS.objectValues)} values, which no cluster stores`);
        }
        const toResource = (props: Properties): Resource => resourceOf({ ...props, apiVersion, kind }, apiVersion, kind, start);
        const claimed = isLive ? undefined : asClaimed(value, kind);
        yield {
            resource: toResource(isLive ? asRead(value, kind) : asWritten(value)),
            ...(claimed === undefined ? {} : { claimed: toResource(claimed) }),
            placeOf: (path) => content.placeOf(path, value, start),
        };
        return;
    }
    if (ofItems !== undefined) {
        throw new Unreadable(content.placeOf("items", value, start), "a list within a list, at which kubectl stops; put its items into the list around it");
    }
    const items = field({ path: "", value }, "items");
    if (!isUnset(items.value) && !Array.isArray(items.value)) {
        throw new Unreadable(content.placeOf("items", value, start), "items has to be a list, because Kubernetes takes every object with items for a list");
    }
    // A list of one kind may leave the type of its items out, the general one can't.
    for (const item of entries(items)) {
        yield* unroll(content, isLive, item.value, content.placeOf(item.path, value, start), { apiVersion, kind: kind.replace(/List$/, "") });
    }
}

/** How many values an object has, itself included; not counted much further than `most`. */
function valuesIn(value: Value, most: number): number {
    let count = 1;
    for (const member of Object.values(isObject(value) ? value : Array.isArray(value) ? value : [])) {
        count += count > most ? 0 : valuesIn(member as Value, most - count);
    }
    return count;
}

/** The same shape as a resource of a preview, without what only Pulumi knows. */
function resourceOf(props: Properties, apiVersion: string, kind: string, { file, line, column }: Place): Resource {
    const name = field({ path: "", value: props }, "metadata", "name").value;
    return {
        urn: `${file}:${String(line)}:${String(column)}`,
        type: `kubernetes:${apiVersion.includes("/") ? "" : "core/"}${apiVersion}:${kind}`,
        name: typeof name === "string" ? name : "without a name",
        props,
        options: { protect: false, ignoreChanges: [], deleteBeforeReplace: false },
        dependencies: [],
    };
}
