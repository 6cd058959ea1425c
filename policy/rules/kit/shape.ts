import { isDeepStrictEqual } from "node:util";
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

/** A whole number from `least` to `most`, written as a text. */
export function integerText(least: number, most: number): Shape {
    return matching(`a whole number from ${String(least)} to ${String(most)}, as a text`, (value) => typeof value === "string" && /^(0|[1-9]\d{0,14})$/.test(value) && Number(value) >= least && Number(value) <= most);
}

export function optional(shape: Shape): Shape {
    return (at) => (isUnset(at.value) ? [] : shape(at));
}

/** Not even null, which in a map of texts counts as an empty one. */
export function absentOr(shape: Shape): Shape {
    return (at) => (at.value === undefined ? [] : shape(at));
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

/** The same as what is approved, all through; violations name the innermost places at which it differs. */
export function same(approved: Value, must: string): Shape {
    return (at) => {
        if (isDeepStrictEqual(at.value, approved)) {
            return [];
        }
        const inner = within(at, approved, must);
        return inner.length > 0 ? inner : [{ path: at.path, is: describe(at.value), must: typeof approved === "string" ? `${must}: ${approved}` : must }];
    };
}

/** Differences inside lists of one length, and inside objects of which the approved one has every key. */
function within(at: Field, approved: Value, must: string): Violation[] {
    if (Array.isArray(approved)) {
        return Array.isArray(at.value) && at.value.length === approved.length ? approved.flatMap((value, index) => same(value, must)(field(at, index))) : [];
    }
    return isObject(approved) && isObject(at.value) && members(at).every(({ key }) => Object.hasOwn(approved, key)) ? Object.entries(approved).flatMap(([key, value]) => same(value, must)(field(at, key))) : [];
}
