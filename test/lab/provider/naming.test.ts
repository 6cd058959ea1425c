import assert from "node:assert/strict";
import { named } from "../../../lab/provider/naming";
import { nameOf } from "../../../lab/provider/object";
import type { Values } from "../../../lab/provider/values";

const URN = "urn:pulumi:stack::project::kubernetes:core/v1:ConfigMap::config";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SEED = new Uint8Array([1, 2, 3]);
const AUTONAMED = { "pulumi.com/autonamed": "true" };

describe("a name of Pulumi's making", () => {
    it("is made of the resource's and digits, the same for the same seed, and marked", () => {
        const object = named({ metadata: { labels: {} } }, {}, URN, SEED, undefined);
        assert.match(nameOf(object), /^config-[0-9a-f]{8}$/);
        assert.deepEqual((object["metadata"] as Values)["annotations"], AUTONAMED);
        assert.deepEqual(named({}, {}, URN, SEED, undefined)["metadata"], { name: nameOf(object), annotations: AUTONAMED });
        assert.notEqual(nameOf(named({}, {}, URN, new Uint8Array([9]), undefined)), nameOf(object));
        assert.notEqual(nameOf(named({}, {}, URN, new Uint8Array(), undefined)), nameOf(named({}, {}, URN, new Uint8Array(), undefined)));
    });

    it("is kept", () => {
        assert.equal(nameOf(named({}, { metadata: { name: "config-1", annotations: AUTONAMED } }, URN, SEED, undefined)), "config-1");
    });

    it("is what the engine proposes", () => {
        assert.equal(nameOf(named({}, {}, URN, SEED, { proposedName: "mine", isDisabled: false })), "mine");
    });

    it("isn't made where the program gives one, knows none yet, or gave one before", () => {
        for (const [object, old] of [[{ metadata: { name: "given" } }, {}], [{ metadata: { name: UNKNOWN } }, {}], [{ metadata: UNKNOWN }, {}], [{}, { metadata: { name: "given" } }]] as Values[][]) {
            assert.deepEqual(named(object ?? {}, old ?? {}, URN, SEED, undefined), object);
        }
    });

    it("is refused where it is disabled", () => {
        assert.throws(() => named({}, {}, URN, SEED, { proposedName: "", isDisabled: true }), /^Error: metadata\.name is missing; it must be set, because pulumi:autonaming is disabled$/);
    });
});
