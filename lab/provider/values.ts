/** A property value as it travels between the engine and a provider, with secrets and unknowns in the engine's own marking. */
export type Value = null | boolean | number | string | Value[] | Values;
export interface Values { [key: string]: Value }

// https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go and sdk/go/common/resource/sig
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
/** What stands for a value that a preview doesn't know yet; one for each type it may have. */
const UNKNOWNS = new Set([
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export function isMap(value: Value | undefined): value is Values {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isUnknown(value: Value | undefined): boolean {
    return typeof value === "string" && UNKNOWNS.has(value);
}

export function isSecret(value: Value | undefined): value is Values {
    return isMap(value) && value[SIGNATURE] === SECRET;
}

export function secret(value: Value): Values {
    return { [SIGNATURE]: SECRET, value };
}

function some(value: Value | undefined, test: (value: Value | undefined) => boolean): boolean {
    if (test(value)) {
        return true;
    }
    return typeof value === "object" && value !== null && Object.values(value).some((inner: Value) => some(inner, test));
}

export const holdsUnknown = (value: Value | undefined): boolean => some(value, isUnknown);
export const holdsSecret = (value: Value | undefined): boolean => some(value, isSecret);

/** The same without the marks of secrets, and without the keys that have no value: what goes to the API server. */
export function reveal<Kind extends Value>(value: Kind): Kind;
export function reveal(value: Value): Value {
    if (isSecret(value)) {
        return reveal(value["value"] ?? null);
    }
    if (Array.isArray(value)) {
        return value.map((item) => reveal(item));
    }
    return isMap(value) ? Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null).map(([key, inner]) => [key, reveal(inner)])) : value;
}

/** Value at a path of keys, or undefined where the path ends before. */
export function at(value: Value | undefined, ...path: readonly string[]): Value | undefined {
    return path.reduce<Value | undefined>((inner, key) => (isMap(inner) ? inner[key] : undefined), value);
}

export function textAt(value: Value | undefined, ...path: readonly string[]): string {
    const text = at(value, ...path);
    return typeof text === "string" ? text : "";
}

/** A number, or `otherwise` where there is none. */
export function numberAt(value: Value | undefined, path: readonly string[], otherwise = 0): number {
    const number = at(value, ...path);
    return typeof number === "number" ? number : otherwise;
}

export function listAt(value: Value | undefined, ...path: readonly string[]): Value[] {
    const list = at(value, ...path);
    return Array.isArray(list) ? list : [];
}

/** A copy without the value at a path. */
export function without(values: Values, [key = "", ...rest]: readonly string[]): Values {
    const inner = values[key];
    if (inner === undefined) {
        return values;
    }
    if (rest.length > 0) {
        return isMap(inner) ? { ...values, [key]: without(inner, rest) } : values;
    }
    return Object.fromEntries(Object.entries(values).filter(([other]) => other !== key));
}

/** A copy with another value at a path; maps on the way are made. */
export function withValue(values: Values, [key = "", ...rest]: readonly string[], value: Value): Values {
    const inner = values[key];
    return { ...values, [key]: rest.length === 0 ? value : withValue(isMap(inner) ? inner : {}, rest, value) };
}

export function equal(one: Value | undefined, other: Value | undefined): boolean {
    if (Array.isArray(one) && Array.isArray(other)) {
        return one.length === other.length && one.every((item, index) => equal(item, other[index]));
    }
    if (isMap(one) && isMap(other)) {
        const keys = Object.keys(one);
        return keys.length === Object.keys(other).length && keys.every((key) => key in other && equal(one[key], other[key]));
    }
    return one === other;
}
