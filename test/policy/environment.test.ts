import assert from "node:assert/strict";
import { numberIn } from "../../policy/model/environment";
import { MALFORMED, UNKNOWN, type Value } from "../../policy/model/resource";

function read(env: Value): bigint | undefined {
    return numberIn({ path: "c", value: { env } }, "LIMIT");
}

function written(value: Value, more: Record<string, Value> = {}): Value {
    return [{ name: "OTHER", value: "7" }, { name: "LIMIT", value, ...more }];
}

const REFUSED: Readonly<Record<string, Value>> = {
    "a number": written(5),
    "a fraction": written("1.5"),
    "nothing": written("0"),
    "a leading zero": written("010"),
    "a sign": written("+5"),
    "a space": written(" 5"),
    "a new line": written("5\n"),
    "an exponent": written("1e3"),
    "a reference to another variable": written("$(OTHER)"),
    "digits of another script": written("٥"),
    "more digits than any limit has": written("12345678901"),
    "an empty text": written(""),
    "null": written(null),
    "an unknown": written(UNKNOWN),
    "a value and another source": written("5", { valueFrom: { fieldRef: {} } }),
    "a value and an unknown source": written("5", { valueFrom: UNKNOWN }),
    "two values": [{ name: "LIMIT", value: "5" }, { name: "LIMIT", value: "5" }],
    "a value and an unknown name": [{ name: "LIMIT", value: "5" }, { name: UNKNOWN, value: "6" }],
    "a value and an unknown variable": [{ name: "LIMIT", value: "5" }, UNKNOWN],
    "an unknown name only": [{ name: UNKNOWN, value: "5" }],
    "no such variable": [{ name: "limit", value: "5" }],
    "an empty list": [],
    "no list": undefined,
    "an object in place of the list": { LIMIT: "5" },
    "an unknown list": UNKNOWN,
    "an asset": MALFORMED,
};

describe("policy: a number in the environment", () => {
    it("is read where it is written out", () => {
        assert.equal(read(written("5")), 5n);
        assert.equal(read(written("9999999999", { valueFrom: null })), 9_999_999_999n);
    });

    for (const [name, env] of Object.entries(REFUSED)) {
        it(`can't be read from ${name}`, () => {
            assert.equal(read(env), undefined);
        });
    }
});
