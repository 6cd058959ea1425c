import type { Value } from "./resource";

/** Powers of ten, in billionths: the finest step that Kubernetes keeps. */
const DECIMAL: Readonly<Record<string, number>> = { n: 0, u: 3, m: 6, "": 9, k: 12, M: 15, G: 18, T: 21, P: 24, E: 27 };
const BINARY: Readonly<Record<string, bigint>> = { Ki: 2n ** 10n, Mi: 2n ** 20n, Gi: 2n ** 30n, Ti: 2n ** 40n, Pi: 2n ** 50n, Ei: 2n ** 60n };
const QUANTITY = /^([+-]?)(\d{0,30})(?:\.(\d{0,30}))?(?:([numkMGTPE]?)|([KMGTPE]i)|[eE]([+-]?\d{1,2}))$/;
const NANO = 9;

/**
 * A quantity as Kubernetes reads it, as text or as a number ("1Gi", "1073741824", "1e9", "500m", 0.5), in billionths of its unit
 * (CPU cores, bytes) and rounded up to a whole billionth. `undefined` when Kubernetes would refuse it.
 * Source: k8s.io/apimachinery, pkg/api/resource/quantity.go.
 */
export function parseQuantity(value: Value): bigint | undefined {
    if (typeof value !== "string" && typeof value !== "number") {
        return undefined;
    }
    const parts = QUANTITY.exec(String(value));
    const [, sign, whole = "", fraction = "", decimal, binary, exponent] = parts ?? [];
    if (parts === null || whole + fraction === "") {
        return undefined;
    }
    const power = exponent === undefined ? (DECIMAL[decimal ?? ""] ?? 0) : NANO + Number(exponent);
    const digits = BigInt(whole + fraction) * (binary === undefined ? 1n : (BINARY[binary] ?? 1n));
    const magnitude = scaleUp(digits, (binary === undefined ? power : NANO) - fraction.length);
    return sign === "-" ? -magnitude : magnitude;
}

/** `digits × 10^power`, away from zero to the next whole number. */
function scaleUp(digits: bigint, power: number): bigint {
    if (power >= 0) {
        return digits * 10n ** BigInt(power);
    }
    const divisor = 10n ** BigInt(-power);
    return (digits + divisor - 1n) / divisor;
}
