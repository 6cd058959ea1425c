import assert from "node:assert/strict";
import { parseQuantity } from "../../policy/model/quantity";
import { UNKNOWN, type Value } from "../../policy/model/resource";

const UNIT = 1_000_000_000n;

/** What Kubernetes makes of each, in whole units where there is no other number. */
const READ: readonly (readonly [Value, bigint])[] = [
    ["1Gi", 1_073_741_824n * UNIT],
    ["1073741824", 1_073_741_824n * UNIT],
    [1073741824, 1_073_741_824n * UNIT],
    ["1e9", 1_000_000_000n * UNIT],
    ["1e10", 10_000_000_000n * UNIT],
    ["1E9", 1_000_000_000n * UNIT],
    ["1E", 10n ** 18n * UNIT],
    ["1e-3", UNIT / 1000n],
    [0.5, UNIT / 2n],
    ["0.5", UNIT / 2n],
    [".5", UNIT / 2n],
    ["5.", 5n * UNIT],
    ["500m", UNIT / 2n],
    ["1.5Gi", 1_610_612_736n * UNIT],
    ["3k", 3000n * UNIT],
    ["7u", 7000n],
    ["7n", 7n],
    ["0.1n", 1n],
    ["0.9n", 1n],
    ["1.0n", 1n],
    ["1.1n", 2n],
    ["+2", 2n * UNIT],
    ["-1", -UNIT],
    ["0", 0n],
];

const REFUSED: readonly Value[] = ["", ".", "1 Gi", "1gi", "1K", "1Mb", "0x10", "1_000", "Gi", "1e", "1e9Gi", "--1", "Infinity", Number.NaN, "١", "1".repeat(1000), true, null, undefined, {}, ["1"], UNKNOWN];

describe("policy: quantities as Kubernetes reads them", () => {
    for (const [value, billionths] of READ) {
        it(`reads ${JSON.stringify(value)}`, () => {
            assert.equal(parseQuantity(value), billionths);
        });
    }

    for (const value of REFUSED) {
        it(`refuses ${typeof value === "symbol" ? "an unknown" : (JSON.stringify(value)?.slice(0, 20) ?? "nothing")}`, () => {
            assert.equal(parseQuantity(value), undefined);
        });
    }
});
