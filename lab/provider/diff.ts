import { PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { isMap, isUnknown, type Value, type Values } from "./values";

type Kind = PropertyDiff.Kind;
const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;
const REPLACING = new Map<Kind, Kind>([[ADD, ADD_REPLACE], [DELETE, DELETE_REPLACE], [UPDATE, UPDATE_REPLACE]]);

/** One difference between what is and what is to be. */
export interface Change {
    readonly path: readonly (string | number)[];
    readonly kind: Kind;
    /** What is to be there; undefined for what goes away. */
    readonly value: Value | undefined;
}

/** Differences field by field, as far down as both sides have the same shape. */
export function changes(old: Value | undefined, now: Value | undefined, path: Change["path"] = []): Change[] {
    if (now === undefined) {
        return old === undefined ? [] : [{ path, kind: DELETE, value: undefined }];
    }
    if (old === undefined) {
        return [{ path, kind: ADD, value: now }];
    }
    if (isMap(old) && isMap(now)) {
        return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key) => changes(old[key], now[key], [...path, key]));
    }
    if (Array.isArray(old) && Array.isArray(now)) {
        return Array.from({ length: Math.max(old.length, now.length) }, (_, index) => index).flatMap((index) => changes(old[index], now[index], [...path, index]));
    }
    return old === now && !isUnknown(now) ? [] : [{ path, kind: UPDATE, value: now }];
}

/** Whether something is at the rest of a field's path; a list that goes away takes all of its elements' fields along. */
function reaches(value: Value | undefined, [key, ...rest]: readonly string[]): boolean {
    if (value === undefined || key === undefined) {
        return value !== undefined || key === "*";
    }
    if (Array.isArray(value)) {
        return key === "*" && value.some((item) => reaches(item, rest));
    }
    return isMap(value) && reaches(value[key], rest);
}

/** Whether a change is at the field, below it, or brings it along. */
function touches({ path, value }: Change, field: readonly string[]): boolean {
    const shared = Math.min(path.length, field.length);
    const matches = path.slice(0, shared).every((key, index) => (field[index] === "*" ? typeof key === "number" : key === field[index]));
    return matches && (path.length >= field.length || reaches(value, field.slice(path.length)));
}

/** The change's path in the engine's spelling: `spec.template.metadata.annotations["a.b/c"]`, `spec.containers[0].image`. */
export function spell(path: Change["path"]): string {
    return path.reduce<string>((text, key) => {
        if (typeof key === "number") {
            return `${text}[${key}]`;
        }
        if (/[."[\]]/.test(key)) {
            return `${text}["${key.replaceAll("\"", "\\\"")}"]`;
        }
        return text === "" ? key : `${text}.${key}`;
    }, "");
}

export interface Difference {
    readonly path: string;
    readonly kind: Kind;
    readonly replaces: boolean;
}

/**
 * Differences with their effect.
 * @param old the live object, as far as the former inputs speak about it
 * @param fields those whose change replaces the object
 */
export function differences(old: Values, now: Values, fields: readonly (readonly string[])[]): Difference[] {
    return changes(old, now).map((change) => {
        const replaces = fields.some((field) => touches(change, field));
        return { path: spell(change.path), kind: replaces ? REPLACING.get(change.kind) ?? change.kind : change.kind, replaces };
    });
}
