/**
 * Kubernetes quantities, the part of the notation that a configuration needs: plain decimals, `m` for CPU, and byte suffixes.
 * Both kinds are read into whole thousandths of their base unit, so that sums and comparisons are exact.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
const THOUSANDTHS = 1000;

const CPU = /^(0|[1-9]\d*)(\.\d{1,3})?(m?)$/;
const BYTES = /^([1-9]\d*)(Ki|Mi|Gi|Ti|k|M|G|T)?$/;
const FACTORS: Readonly<Record<string, number>> = {
    Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40,
    k: 1e3, M: 1e6, G: 1e9, T: 1e12,
};

export type QuantityKind = "cpu" | "bytes";

/** Thousandths of a core; `undefined` when the text is no CPU quantity above zero. */
function millicores(text: string): number | undefined {
    const match = CPU.exec(text);
    if (match === null || (match[3] === "m" && match[2] !== undefined)) {
        return undefined;
    }
    const value = Math.round(Number(match[1] + (match[2] ?? "")) * (match[3] === "m" ? 1 : THOUSANDTHS));
    return value > 0 ? value : undefined;
}

/** Thousandths of a byte; `undefined` when the text is no whole number of bytes above zero. `400m`, four tenths of a byte, is the classic slip. */
function millibytes(text: string): number | undefined {
    const match = BYTES.exec(text);
    return match === null ? undefined : Number(match[1]) * (FACTORS[match[2] ?? ""] ?? 1) * THOUSANDTHS;
}

const READERS = { cpu: millicores, bytes: millibytes };

/** Thousandths of a core or a byte, or `undefined` when the text is not a quantity of that kind. */
export function parseQuantity(text: string, kind: QuantityKind): number | undefined {
    return READERS[kind](text);
}

/** As {@link parseQuantity}, for text that the schema has already accepted. */
export function thousandths(text: string, kind: QuantityKind): number {
    const value = parseQuantity(text, kind);
    if (value === undefined) {
        throw new RangeError(`"${text}" is not a ${kind} quantity`);
    }
    return value;
}

/** Thousandths back to words a person reads: `1.5 CPU`, `2.25 GiB`. */
export function describeQuantity(value: number, kind: QuantityKind): string {
    return kind === "cpu" ? `${value / THOUSANDTHS} CPU` : `${Number((value / THOUSANDTHS / 2 ** 30).toFixed(2))} GiB`;
}
