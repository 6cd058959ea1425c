import { describe } from "../../model/message";
import { entries, field, isObject, isUnset, members, type Field } from "../../model/read";
import { MALFORMED, UNKNOWN, type Value } from "../../model/resource";
import { demand, integerIn } from "./demand";
import type { Violation } from "../../model/violation";

/** What a field has to be. */
export type Shape = (at: Field) => Violation[];

/** Known; what it is, other rules judge. */
export const known: Shape = (at) => demand(at, "known", (value) => value !== UNKNOWN && value !== MALFORMED);

/** One of these texts, numbers or booleans. */
export function exactly(...values: readonly (string | number | boolean)[]): Shape {
    return (at) => demand(at, values.map((value) => JSON.stringify(value)).join(" or "), (value) => values.includes(value as string));
}

export function matching(words: string, holds: (value: Value) => boolean): Shape {
    return (at) => demand(at, words, holds);
}

export function integer(least: number, most: number): Shape {
    return matching(`a whole number from ${String(least)} to ${String(most)}`, integerIn(least, most));
}

export function optional(shape: Shape): Shape {
    return (at) => (isUnset(at.value) ? [] : shape(at));
}

/** An object with fields of these shapes, and no other. */
export function object(shapes: Readonly<Record<string, Shape>>): Shape {
    return (at) => !isObject(at.value) ? [{ path: at.path, is: describe(at.value), must: "an object" }] : [
        ...Object.entries(shapes).flatMap(([key, shape]) => shape(field(at, key))),
        ...members(at).filter(({ key, value }) => !Object.hasOwn(shapes, key) && !isUnset(value)).map(({ path, value }) => ({ path, is: describe(value), must: "left out" })),
    ];
}

/** A list with entries of these shapes, in this order, and no other. */
export function list(...shapes: readonly Shape[]): Shape {
    return (at) => entries(at).length !== shapes.length ? [{ path: at.path, is: describe(at.value), must: `a list of ${String(shapes.length)}` }] : entries(at).flatMap((entry, index) => shapes[index]?.(entry) ?? []);
}
