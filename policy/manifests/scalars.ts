import type { Value } from "../model/resource";

/**
 * How Kubernetes reads a scalar without quotes and without a tag: by YAML 1.1, as go-yaml v2 below sigs.k8s.io/yaml has it.
 * Source: `resolve.go` there. `yes` and `on` are true, `017` is octal, `1:30` stays a text.
 */
const WORDS: ReadonlyMap<string, Value> = new Map<string, Value>([
    ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
    ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
    ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
]);
const INTEGERS: readonly (readonly [pattern: RegExp, radix: number])[] = [
    [/^([-+]?)0[xX]([0-9a-fA-F]+)$/, 16],
    [/^([-+]?)0[bB]([01]+)$/, 2],
    [/^([-+]?)0[oO]?([0-7]+)$/, 8],
    [/^([-+]?)(0|[1-9][0-9]*)$/, 10],
];
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
/** Integers other than decimal ones are read up to so many bits; what Kubernetes makes of larger ones depends on how they're written. */
const MOST_BITS = 60;
/** JSON, which Kubernetes turns YAML into, has no such numbers. */
const NO_JSON = /^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/;

/** The value of a plain scalar; `undefined` for a number that JSON can't hold, or that may be read in several ways. */
export function resolveScalar(text: string): Value {
    if (WORDS.has(text)) {
        return WORDS.get(text) as Value;
    }
    if (!/^[-+.0-9]/.test(text)) {
        return text;
    }
    if (NO_JSON.test(text)) {
        return undefined;
    }
    // Behind a dot, an underscore is passed over between two digits only, as Go's own numbers have it.
    const plain = text.replaceAll(text.startsWith(".") ? /(?<=[0-9])_(?=[0-9])/g : "_", "");
    for (const [pattern, radix] of INTEGERS) {
        const [, sign, digits] = pattern.exec(plain) ?? [];
        if (digits !== undefined) {
            const fits = radix === 10 || digits.length * Math.log2(radix) <= MOST_BITS;
            return fits ? (sign === "-" ? -1 : 1) * Number.parseInt(digits, radix) : undefined;
        }
    }
    const number = FLOAT.test(plain) ? Number(plain) : Number.NaN;
    return Number.isFinite(number) ? number : text;
}

/**
 * A map's key as the JSON has it: `on: 1` has the key "true", `017: 1` the key "15". `undefined` where JSON has none, and for numbers
 * with a fraction or an exponent, which Kubernetes rounds.
 */
export function resolveKey(value: Value, text: string): string | undefined {
    if (typeof value === "number") {
        return Number.isSafeInteger(value) && !/[.e]/i.test(text) ? String(value) : undefined;
    }
    return typeof value === "string" || typeof value === "boolean" ? String(value) : undefined;
}
