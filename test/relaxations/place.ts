import { keysOf, set } from "../policy/harness";
import type { Value } from "../../policy/model/resource";
import type { Change } from "./edit";

type Keys = readonly (string | number)[];

function child(value: unknown, key: string | number): unknown {
    return (value as Record<string | number, unknown> | undefined | null)?.[key];
}

/** The keys of a path in this object. One that ends with `*` stands for the only key that begins so: a profile's name changes with its text. */
export function keysIn(object: unknown, path: string): Keys {
    return keysOf(path).reduce<{ readonly keys: Keys; readonly inner: unknown }>(({ keys, inner }, key) => {
        const full = typeof key === "string" && key.endsWith("*") ? onlyKey(inner, key.slice(0, -1)) : key;
        return { keys: [...keys, full], inner: child(inner, full) };
    }, { keys: [], inner: object }).keys;
}

function onlyKey(object: unknown, start: string): string {
    const [key, ...others] = Object.keys(object as object).filter((name) => name.startsWith(start));
    if (key === undefined || others.length > 0) {
        throw new Error(`${String(key === undefined ? 0 : others.length + 1)} keys begin with ${start}`);
    }
    return key;
}

/** What stands at a path, in words of the edits: `a.b[0]`. */
export function at(value: unknown, path: string): unknown {
    return keysIn(value, path).reduce(child, value);
}

/** Path of the change in its target. */
export function pathOf({ under, path }: Change): string {
    return [under, path].filter((part) => part !== undefined).join(".").replaceAll(".[", "[");
}

/** A copy of the object with something else at the path. */
export function put(object: unknown, path: string, value: unknown): unknown {
    return set(object as Value, keysIn(object, path), value as Value);
}

/** A copy of the object with nothing at the path. */
export function removed(object: unknown, path: string): unknown {
    const keys = keysIn(object, path);
    const last = keys.at(-1);
    const holder = keys.slice(0, -1).reduce(child, object);
    return Array.isArray(holder)
        ? set(object as Value, keys.slice(0, -1), holder.filter((_, index) => index !== last) as Value)
        : put(object, path, undefined);
}

/** Whether two paths are of one place, or of places of which one is in the other. */
export function isRelated(path: string, other: string): boolean {
    const [one, two] = [keysOf(path), keysOf(other)];
    return one.every((key, index) => index >= two.length || key === two[index] || (typeof key === "string" && key.endsWith("*") && String(two[index]).startsWith(key.slice(0, -1))));
}
