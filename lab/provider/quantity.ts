/** Billionths: the finest that a quantity can tell; what is finer is rounded up. */
const SCALE = 9;
const DECIMAL = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"] as const;
const BINARY = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"] as const;
const SYNTAX = /^(?<sign>[+-]?)(?<whole>\d*)(?:\.(?<fraction>\d*))?(?<suffix>[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+|)$/;
const KIBI = 1024n;

/** `value` / `by`, rounded up. */
const divide = (value: bigint, by: bigint): bigint => (value + by - 1n) / by;

/** How often `by` divides `value`, at most `most` times. */
function factors(value: bigint, by: bigint, most: number): number {
    let count = 0;
    for (let rest = value; count < most && rest % by === 0n; rest /= by) {
        count += 1;
    }
    return count;
}

function decimal(billionths: bigint, suffix: (exponent: number) => string): string {
    const thousands = factors(billionths, 1000n, DECIMAL.length - 1);
    return `${billionths / 1000n ** BigInt(thousands)}${suffix(thousands * 3 - SCALE)}`;
}

function binary(billionths: bigint): string {
    const value = divide(billionths, 10n ** BigInt(SCALE));
    const power = factors(value, KIBI, BINARY.length);
    return `${value / KIBI ** BigInt(power)}${power === 0 ? "" : BINARY[power - 1]}`;
}

const decimalSuffix = (exponent: number): string => DECIMAL[exponent / 3 + 3] ?? "";

/**
 * The form in which the API server gives a quantity back: `1000m` is `1`, `0.5` is `500m`, `1024Mi` is `1Gi`.
 * What is no quantity stays as it is, for the API server to judge.
 * https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#Quantity
 */
export function canonicalQuantity(text: string): string {
    const { sign = "", whole = "", fraction = "", suffix = "" } = SYNTAX.exec(text)?.groups ?? {};
    if (whole + fraction === "") {
        return text;
    }
    const power = BINARY.findIndex((name) => name === suffix) + 1;
    const exponent = /^[eE][+-]?\d/.test(suffix) ? Number(suffix.slice(1)) : (DECIMAL.findIndex((name) => name === suffix) - 3) * 3;
    const tens = SCALE - fraction.length + (power > 0 ? 0 : exponent);
    const digits = BigInt(whole + fraction) * KIBI ** BigInt(power);
    const billionths = tens >= 0 ? digits * 10n ** BigInt(tens) : divide(digits, 10n ** BigInt(-tens));
    if (billionths === 0n) {
        return "0";
    }
    const minus = sign === "-" ? "-" : "";
    // Below 1024 a binary suffix could only round.
    if (power > 0 && billionths >= KIBI * 10n ** BigInt(SCALE)) {
        return minus + binary(billionths);
    }
    const isExponent = /^[eE]./.test(suffix);
    return minus + decimal(billionths, (decimalExponent) => (isExponent ? (decimalExponent === 0 ? "" : `e${decimalExponent}`) : decimalSuffix(decimalExponent)));
}
