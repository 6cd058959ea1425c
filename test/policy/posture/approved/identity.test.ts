import assert from "node:assert/strict";
import { UNKNOWN, type Value } from "../../../../policy/model/resource";
import { identityOf, nameOf, withoutHash } from "../../../../policy/posture/approved/identity";
import { resource } from "../../fixtures";

const TYPE = "kubernetes:core/v1:ConfigMap";
const object = (name: Value, namespace?: Value) => resource(TYPE, "logical", { metadata: { name, namespace } });

describe("policy: what an approved object is known by", () => {
    it("is a name without a hash: twelve digits at the end of a name of the stack's, and nothing else", () => {
        const others = ["x-apparmor-profiles-0123456789ab", "apparmor-profiles-0123456789abc", "apparmor-profiles-0123456789a", "others-0123456789ab", "apparmor-profiles"];
        assert.deepEqual(others.map(withoutHash), others);
        assert.deepEqual(["apparmor-profiles-0123456789ab", "wikifunctions-x-0123456789ab"].map(withoutHash), ["apparmor-profiles", "wikifunctions-x"]);
    });

    it("is its type, its namespace and its name", () => {
        assert.equal(identityOf(object("apparmor-profiles-0123456789ab", "ns")), JSON.stringify([TYPE, "ns", "apparmor-profiles"]));
        assert.notEqual(identityOf(object("a", "b")), identityOf(object("b", "a")));
    });

    it("can't be told where its name or namespace can't be read", () => {
        const [names, namespaces]: readonly (readonly Value[])[] = [[undefined, null, 7, UNKNOWN], [7, UNKNOWN, ["ns"]]];
        assert.deepEqual([...(names ?? []).map((name) => identityOf(object(name, "ns"))), ...(namespaces ?? []).map((namespace) => identityOf(object("a", namespace)))], Array(7).fill(undefined));
    });

    it("is said in words, by what Pulumi calls it where its name can't be read", () => {
        assert.deepEqual([nameOf(object("apparmor-profiles-0123456789ab", "ns")), nameOf(object("a")), nameOf(object(7, 8)), nameOf(object(undefined))], [
            "ConfigMap ns/apparmor-profiles", "ConfigMap a", "ConfigMap logical", "ConfigMap logical",
        ]);
    });
});
