import assert from "node:assert/strict";
import { describeQuantity, parseQuantity, thousandths, type QuantityKind } from "../../../infra/config/quantity";

const READ: readonly [string, QuantityKind, number | undefined][] = [
    ["1", "cpu", 1000],
    ["0.5", "cpu", 500],
    ["500m", "cpu", 500],
    ["0.001", "cpu", 1],
    ["0.0001", "cpu", undefined],
    ["1.5m", "cpu", undefined],
    ["0", "cpu", undefined],
    ["-1", "cpu", undefined],
    ["1Gi", "cpu", undefined],
    ["", "cpu", undefined],
    ["1024", "bytes", 1024_000],
    ["1Ki", "bytes", 1024_000],
    ["1k", "bytes", 1_000_000],
    ["2Gi", "bytes", 2 * 2 ** 30 * 1000],
    ["400m", "bytes", undefined],
    ["1.5Gi", "bytes", undefined],
    ["0", "bytes", undefined],
    ["1GiB", "bytes", undefined],
    ["1e9", "bytes", undefined],
];

describe("quantities", () => {
    for (const [text, kind, expected] of READ) {
        it(`reads "${text}" as ${kind}: ${expected ?? "refused"}`, () => {
            assert.equal(parseQuantity(text, kind), expected);
        });
    }

    it("adds up exactly where floating point would not", () => {
        assert.equal(thousandths("0.1", "cpu") + thousandths("0.2", "cpu"), thousandths("0.3", "cpu"));
    });

    it("says what it read in words", () => {
        assert.equal(describeQuantity(1500, "cpu"), "1.5 CPU");
        assert.equal(describeQuantity(thousandths("2304Mi", "bytes"), "bytes"), "2.25 GiB");
    });
});
