import assert from "node:assert/strict";
import { PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { differences } from "../../../lab/provider/diff";
import { isWithin, parsePath } from "../../../lab/provider/paths";
import type { Value } from "../../../lab/provider/values";

const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const FIELDS = ["a.fixed", "list.*.fixed"].map((path) => path.split("."));

/** What was, what is to be, and the differences. */
const CASES: readonly (readonly [Value, Value, Readonly<Record<string, number>>])[] = [
    [{ a: 1 }, { a: 1 }, {}],
    [{ a: 1 }, { a: 2 }, { a: UPDATE }],
    [{}, { a: { b: 1 } }, { a: ADD }],
    [{ a: { b: 1 } }, {}, { a: DELETE }],
    [{ a: { b: 1 } }, { a: { b: 2, c: 3 } }, { "a.b": UPDATE, "a.c": ADD }],
    [{ a: [1, 2] }, { a: [1, 3, 4] }, { "a[1]": UPDATE, "a[2]": ADD }],
    [{ a: [1, 2] }, { a: [1] }, { "a[1]": DELETE }],
    [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, { "a[0].b": UPDATE }],
    [{ a: { "x.y/z": 1 } }, { a: { "x.y/z": 2 } }, { "a[\"x.y/z\"]": UPDATE }],
    [{ a: 1 }, { a: UNKNOWN }, { a: UPDATE }],
    [{ a: UNKNOWN }, { a: UNKNOWN }, { a: UPDATE }],
    [{ a: { b: 1 } }, { a: "text" }, { a: UPDATE }],
    [{ a: { fixed: 1 } }, { a: { fixed: 2 } }, { "a.fixed": UPDATE_REPLACE }],
    [{ a: { fixed: { b: 1 } } }, { a: { fixed: { b: 2 } } }, { "a.fixed.b": UPDATE_REPLACE }],
    [{}, { a: { fixed: 1 } }, { a: ADD_REPLACE }],
    [{}, { a: { other: 1 } }, { a: ADD }],
    [{ a: { fixed: 1 } }, { a: {} }, { "a.fixed": DELETE_REPLACE }],
    [{ list: [{ fixed: 1 }] }, { list: [{ fixed: 2 }] }, { "list[0].fixed": UPDATE_REPLACE }],
    [{ list: [] }, { list: [{ fixed: 2 }] }, { "list[0]": ADD_REPLACE }],
    [{ list: [{ fixed: 1 }] }, {}, { list: DELETE_REPLACE }],
    [{ list: [{ fixed: 1 }] }, { list: [] }, { "list[0]": DELETE }],
];

describe("differences", () => {
    for (const [old, now, expected] of CASES) {
        it(`${JSON.stringify(old)} to ${JSON.stringify(now)}`, () => {
            const found = differences(old as never, now as never, FIELDS);
            assert.deepEqual(Object.fromEntries(found.map(({ path, kind }) => [path, kind])), expected);
            assert.ok(found.every(({ kind, replaces }) => replaces === [ADD_REPLACE, DELETE_REPLACE, UPDATE_REPLACE].includes(kind as never)));
        });
    }

    it("are ignored below a path, with any index for *", () => {
        assert.deepEqual(parsePath("spec.containers[0].env[*][\"a.b\\\"c\"]"), ["spec", "containers", "0", "env", "*", "a.b\"c"]);
        assert.ok(isWithin(parsePath("spec.containers[0].image"), parsePath("spec.containers[*]")));
        assert.ok(!isWithin(parsePath("spec"), parsePath("spec.replicas")));
    });
});
