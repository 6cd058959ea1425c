import assert from "node:assert/strict";
import { isLoader } from "../../../policy/posture/loader";
import { podsOf } from "../../../policy/model/pod";
import { UNKNOWN, type Resource, type Value } from "../../../policy/model/resource";
import { evaluator, loader, posture } from "../fixtures";
import { change } from "../harness";

function takenForLoader(resource: Resource): boolean {
    const pods = podsOf(resource);
    assert.ok(pods);
    return isLoader(pods, posture);
}

/** One thing about the loader that is otherwise. */
const OTHERS: readonly (readonly [path: string, to: Value])[] = [
    ["kind", "Deployment"],
    ["metadata.name", "apparmor-loader-2"],
    ["metadata.name", "Apparmor-Loader"],
    ["metadata.name", undefined],
    ["metadata.name", UNKNOWN],
    ["metadata.name", ["apparmor-loader"]],
    ["metadata.namespace", "wikifunctions"],
    ["metadata.namespace", "default"],
    ["metadata.namespace", null],
    ["metadata.namespace", UNKNOWN],
    ["metadata", UNKNOWN],
];

describe("policy: the profile loader", () => {
    it("is known by its kind, name and namespace", () => {
        assert.equal(takenForLoader(loader), true);
        assert.equal(takenForLoader(evaluator), false);
    });

    for (const [path, to] of OTHERS) {
        it(`is nothing whose ${path} is ${typeof to === "symbol" ? "unknown" : (JSON.stringify(to) ?? "not set")}`, () => {
            assert.equal(takenForLoader(change(loader, path, to)), false);
        });
    }

    it("is nothing that has its name on the pods only", () => {
        assert.equal(takenForLoader(change(change(loader, "metadata.name", "other"), "spec.template.metadata", { name: "apparmor-loader", namespace: "wikifunctions-apparmor" })), false);
    });

    it("is where the posture says", () => {
        const pods = podsOf(change(loader, "metadata.namespace", "elsewhere"));
        assert.ok(pods);
        assert.equal(isLoader(pods, { ...posture, loaderNamespace: "elsewhere" }), true);
    });
});
