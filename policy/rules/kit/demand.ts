import { describe } from "../../model/message";
import { isUnset, type Field } from "../../model/read";
import type { Value } from "../../model/resource";
import type { Violation } from "../../model/violation";

/** A violation unless the field's value holds. Unknown and malformed values reach `holds` as markers, so that it refuses them. */
export function demand(field: Field, must: string, holds: (value: Value) => boolean, words: (value: Value) => string = describe): Violation[] {
    return holds(field.value) ? [] : [{ path: field.path, is: words(field.value), must }];
}

/** The same violations, beyond the reach of any waiver. */
export function onFloor(violations: readonly Violation[]): Violation[] {
    return violations.map((violation) => ({ ...violation, floor: true }));
}

/** A violation when the field is there at all. */
export function forbid(field: Field, must = "left out"): Violation[] {
    return demand(field, must, isUnset);
}

/** The value is exactly one of these. */
export function oneOf(...allowed: readonly Value[]): (value: Value) => boolean {
    return (value) => allowed.includes(value);
}

/** The value is left out, or exactly one of these. */
export function unsetOr(...allowed: readonly Value[]): (value: Value) => boolean {
    return (value) => isUnset(value) || allowed.includes(value);
}

/** A whole number from `least` to `most`. */
export function integerIn(least: number, most: number): (value: Value) => boolean {
    return (value) => typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}

/** A list that is left out or empty, an object without members included. */
export function isEmpty(value: Value): boolean {
    return isUnset(value) || (typeof value === "object" && Object.keys(value).length === 0);
}
