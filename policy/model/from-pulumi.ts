import { UnknownValueError } from "@pulumi/policy";
import { MALFORMED, UNKNOWN, type Value } from "./resource";

/**
 * Copies what the policy SDK hands out (proxies that throw where a value is unknown) into plain values.
 * An exception that reached the SDK would be reported as merely advisory; a marker lets a mandatory rule report it itself.
 */
export function toValue(raw: unknown): Value {
    if (raw === undefined || raw === null || typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") {
        return raw;
    }
    if (Array.isArray(raw)) {
        return Array.from({ length: raw.length }, (_, index) => knownOr(raw, index));
    }
    return isPlainObject(raw) ? toObject(raw) : MALFORMED;
}

/** The same for the properties of a resource, which are always an object. */
export function toObject(raw: object): { [key: string]: Value } {
    return Object.fromEntries(Object.keys(raw).map((key) => [key, knownOr(raw, key)]));
}

function knownOr(raw: object, key: string | number): Value {
    try {
        return toValue((raw as Record<string | number, unknown>)[key]);
    } catch (error) {
        if (error instanceof UnknownValueError) {
            return UNKNOWN;
        }
        throw error;
    }
}

function isPlainObject(raw: unknown): raw is object {
    return typeof raw === "object" && raw !== null && Object.getPrototypeOf(raw) === Object.prototype;
}
