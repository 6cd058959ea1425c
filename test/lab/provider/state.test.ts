import assert from "node:assert/strict";
import { checkpoint, copySecrecy, prune, readState } from "../../../lab/provider/state";
import { fromStruct, toStruct } from "../../../lab/provider/struct";
import { secret, type Values } from "../../../lab/provider/values";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

describe("a resource's state", () => {
    const live: Values = { apiVersion: "v1", kind: "ConfigMap", data: { a: "1" }, rules: null };
    const inputs: Values = { apiVersion: "v1", kind: "ConfigMap", data: { a: "1" } };

    it("comes back as it was stored, through the engine's messages", () => {
        const stored = checkpoint({ live, inputs, initialApiVersion: "v1", fieldManager: "me" }, { data: { a: secret("1") } });
        const { live: found, ...rest } = readState(fromStruct(toStruct(stored)));
        assert.deepEqual(found, { apiVersion: "v1", kind: "ConfigMap", data: { a: "1" } });
        assert.deepEqual(rest, { inputs, initialApiVersion: "v1", fieldManager: "me" });
    });

    it("marks what the inputs mark, map by map and a list as a whole", () => {
        const marked = copySecrecy({ data: { a: "1", b: "2" }, list: [{ x: "1", y: "2" }], plain: "3" }, { data: { a: secret("1"), b: "2" }, list: [{ x: secret("1") }] });
        assert.deepEqual(marked, { data: { a: secret("1"), b: "2" }, list: secret([{ x: "1", y: "2" }]), plain: "3" });
    });

    it("marks a Secret's data in any case, and kubectl's copy of it", () => {
        assert.deepEqual(copySecrecy({ kind: "Secret", data: { a: "MQ==" }, metadata: { annotations: { [LAST_APPLIED]: "{}", other: "x" } } }, {}), {
            kind: "Secret",
            data: secret({ a: "MQ==" }),
            metadata: { annotations: { [LAST_APPLIED]: secret("{}"), other: "x" } },
        });
    });

    it("is compared only as far as the inputs speak", () => {
        assert.deepEqual(prune({ a: 1, b: { c: 1, d: 2 }, list: [{ x: 1, y: 2 }, { x: 3 }], only: true }, { b: { c: 0 }, list: [{ x: 0 }], missing: 1 }), { b: { c: 1 }, list: [{ x: 1 }] });
    });
});
