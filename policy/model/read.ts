import { MALFORMED, UNKNOWN, type Value } from "./resource";

/** A value together with where it stands, e.g. `spec.template.spec.containers[0].image`. */
export interface Field {
    readonly path: string;
    readonly value: Value;
}

export type Key = string | number;

/** Kubernetes reads `null` as a field that isn't there. */
export function isUnset(value: Value): value is null | undefined {
    return value === undefined || value === null;
}

/** True for a JSON object: not a list, not null, not a marker. */
export function isObject(value: Value): value is { [key: string]: Value } {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The field that `keys` lead to. Inside an unknown everything is unknown; inside a text, a number or a list nothing can be read. */
export function field(from: Field, ...keys: readonly Key[]): Field {
    return keys.reduce<Field>((at, key) => ({ path: join(at.path, key), value: child(at.value, key) }), from);
}

/** The same in an object's properties, or another value that stands by itself: paths begin there. */
export function fieldOf(value: Value, ...keys: readonly Key[]): Field {
    return field({ path: "", value }, ...keys);
}

function child(value: Value, key: Key): Value {
    if (value === UNKNOWN || isUnset(value)) {
        return value === UNKNOWN ? UNKNOWN : undefined;
    }
    if (Array.isArray(value)) {
        return typeof key === "number" ? value[key] : MALFORMED;
    }
    if (!isObject(value)) {
        return MALFORMED;
    }
    return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The entries of a list. A list that can't be read has one entry that can't be read, so that no rule takes it for an empty one. */
export function entries(list: Field): Field[] {
    if (isUnset(list.value)) {
        return [];
    }
    if (!Array.isArray(list.value)) {
        return [{ path: `${list.path}[?]`, value: list.value === UNKNOWN ? UNKNOWN : MALFORMED }];
    }
    return list.value.map((value, index) => ({ path: join(list.path, index), value }));
}

/** The members of an object, read the same way. */
export function members(object: Field): (Field & { readonly key: string })[] {
    if (isUnset(object.value)) {
        return [];
    }
    if (!isObject(object.value)) {
        return [{ key: "?", path: `${object.path}[?]`, value: object.value === UNKNOWN ? UNKNOWN : MALFORMED }];
    }
    return Object.entries(object.value).map(([key, value]) => ({ key, path: join(object.path, key), value }));
}

/** A copy of the value with another one at the place that the keys lead to; undefined takes away what stands there. */
export function withValue(value: Value, [key, ...rest]: readonly Key[], to: Value): Value {
    if (key === undefined) {
        return to;
    }
    if (typeof key === "number" || Array.isArray(value)) {
        return Array.isArray(value) ? value.map((entry, index) => (index === Number(key) ? withValue(entry, rest, to) : entry)) : value;
    }
    const object = isObject(value) ? value : {};
    const inner = withValue(object[key], rest, to);
    const others = Object.entries(object).filter(([name]) => name !== key);
    return Object.fromEntries(inner === undefined ? others : [...others, [key, inner]]);
}

/** `a.b`, `a[0]`, and `a["b.c/d"]` where a key has characters that would make the path ambiguous. */
export function join(path: string, key: Key): string {
    if (typeof key === "number") {
        return `${path}[${String(key)}]`;
    }
    if (!/^[A-Za-z0-9_-]+$/.test(key)) {
        return `${path}[${JSON.stringify(key)}]`;
    }
    return path === "" ? key : `${path}.${key}`;
}
