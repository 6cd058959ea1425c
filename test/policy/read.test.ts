import assert from "node:assert/strict";
import { unknownCheckingProxy } from "@pulumi/policy";
import { asset } from "@pulumi/pulumi";
import { toObject } from "../../policy/model/from-pulumi";
import { entries, field, members, withValue } from "../../policy/model/read";
import { MALFORMED, UNKNOWN, type Value } from "../../policy/model/resource";
import { unknownBooleanValue, unknownObjectValue, unknownStringValue } from "./sdk";

function at(value: Value, ...keys: (string | number)[]): Value {
    return field({ path: "", value }, ...keys).value;
}

describe("policy: reading what the SDK hands out", () => {
    it("copies plain values as they are", () => {
        const props = { text: "a", number: 0, no: false, nothing: null, left: undefined, list: [1, { deep: ["x"] }] };
        assert.deepEqual(toObject(unknownCheckingProxy(props) as object), props);
    });

    it("marks unknowns wherever they stand, and reads on beside them", () => {
        const props = { known: 1, flag: unknownBooleanValue, spec: { name: unknownStringValue, list: [unknownObjectValue, "b"] } };
        assert.deepEqual(toObject(unknownCheckingProxy(props) as object), { known: 1, flag: UNKNOWN, spec: { name: UNKNOWN, list: [UNKNOWN, "b"] } });
    });

    it("hides no other error than that a value isn't known", () => {
        assert.throws(() => toObject({ get broken(): string { throw new RangeError("broken"); } }), RangeError);
    });

    it("takes an asset for malformed, because no field of Kubernetes is one", () => {
        assert.deepEqual(toObject(unknownCheckingProxy({ data: new asset.StringAsset("x") }) as object), { data: MALFORMED });
    });
});

describe("policy: fields", () => {
    it("leads to what stands there, and to nothing where nothing stands", () => {
        assert.equal(at({ a: [{ b: 1 }] }, "a", 0, "b"), 1);
        assert.equal(at({ a: null }, "a", "b"), undefined);
        assert.equal(at({}, "toString"), undefined);
    });

    it("stays unknown inside an unknown", () => {
        assert.equal(at({ a: UNKNOWN }, "a", "b", 0), UNKNOWN);
    });

    it("is malformed inside a text, a number, a list or an asset", () => {
        for (const value of ["x", 1, true, [], MALFORMED] as Value[]) {
            assert.equal(at({ a: value }, "a", "b"), MALFORMED);
        }
    });

    it("has a path that can be read back", () => {
        assert.equal(field({ path: "", value: {} }, "a", 0, "b.c/d", "e").path, 'a[0]["b.c/d"].e');
    });

    it("never takes a list or an object that can't be read for an empty one", () => {
        assert.deepEqual(entries({ path: "a", value: UNKNOWN }), [{ path: "a[?]", value: UNKNOWN }]);
        assert.deepEqual(entries({ path: "a", value: { 0: "x" } }), [{ path: "a[?]", value: MALFORMED }]);
        assert.deepEqual(members({ path: "a", value: UNKNOWN }), [{ key: "?", path: "a[?]", value: UNKNOWN }]);
        assert.deepEqual(members({ path: "a", value: ["x"] }), [{ key: "?", path: "a[?]", value: MALFORMED }]);
        assert.deepEqual(entries({ path: "a", value: null }), []);
    });
});

describe("policy: a value with another one in it", () => {
    const CASES: Readonly<Record<string, readonly [value: Value, keys: readonly (string | number)[], to: Value, expected: Value]>> = {
        "the value itself": [{ a: 1 }, [], 2, 2],
        "a key": [{ a: 1, b: 2 }, ["a"], 3, { a: 3, b: 2 }],
        "a key that isn't there yet": [{ a: 1 }, ["b", "c"], 2, { a: 1, b: { c: 2 } }],
        "a key of what is no object": ["x", ["a"], 1, { a: 1 }],
        "a key that is taken away": [{ a: 1, b: 2 }, ["a"], undefined, { b: 2 }],
        "an entry of a list": [{ a: [1, 2, 3] }, ["a", 1], 4, { a: [1, 4, 3] }],
        "an entry of a list by a number in words": [[1, 2], ["1"], 4, [1, 4]],
        "an entry that isn't there": [[1, 2], [5], 4, [1, 2]],
        "an entry of what is no list": [{ a: 1 }, [0], 4, { a: 1 }],
        "a key in an entry": [[{ a: 1 }, { a: 2 }], [1, "a"], 3, [{ a: 1 }, { a: 3 }]],
    };
    for (const [what, [value, keys, to, expected]] of Object.entries(CASES)) {
        it(`has it in place of ${what}, and is a copy`, () => {
            const before = JSON.stringify(value);
            assert.deepEqual(withValue(value, keys, to), expected);
            assert.equal(JSON.stringify(value), before);
        });
    }
});
