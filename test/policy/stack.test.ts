import assert from "node:assert/strict";
import { UNKNOWN } from "../../policy/model/resource";
import { metadata, stackOf } from "../../policy/model/stack";
import { clusterService, resource } from "./fixtures";
import { evaluator, goodStack, loader, orchestrator, quota } from "./good-stack";
import { change } from "./harness";

/** Resources by letters, with the letters that each depends on. */
function chain(dependencies: Readonly<Record<string, string>>) {
    const resources = Object.entries(dependencies).map(([urn, earlier]) => ({ ...resource("wikifunctions:index:Part", urn, {}), urn, dependencies: [...earlier] }));
    const stack = stackOf(resources);
    return (urn: string) => [...stack.before(resources.find((made) => made.urn === urn) ?? quota)].sort().join("");
}

describe("policy: a stack", () => {
    it("finds resources by kind", () => {
        const stack = stackOf(goodStack);
        assert.deepEqual(stack.ofKind("ResourceQuota"), [quota]);
        assert.deepEqual(stack.ofKind("Deployment").map(({ name }) => name), ["evaluator-python", "orchestrator"]);
        assert.deepEqual(stack.ofKind("Secret"), []);
        assert.equal(stack.resources, goodStack);
    });

    it("takes nothing for a kind that only ends in its name", () => {
        const lookalikes = ["wikifunctions:index:ResourceQuota", "kubernetes:core/v1:ResourceQuotaPatch", "kubernetes:core/v1:ResourceQuotaList", "kubernetes:example.org/v1:ResourceQuota", "ResourceQuota"];
        assert.deepEqual(stackOf(lookalikes.map((type) => ({ ...quota, type }))).ofKind("ResourceQuota"), []);
    });

    it("has every resource that makes pods, patches and strange ones too", () => {
        assert.deepEqual(stackOf(goodStack).pods.map(({ resource: maker }) => maker), [loader, evaluator, orchestrator]);
        for (const type of ["kubernetes:apps/v1:DeploymentPatch", "kubernetes:batch/v1:CronJob", "kubernetes:core/v1:ConfigMap"]) {
            assert.equal(stackOf([{ ...evaluator, type }]).pods.length, 1);
        }
        assert.equal(stackOf([clusterService]).pods.length, 0);
    });

    it("knows what comes before, however far back, and not what comes after", () => {
        const before = chain({ a: "", b: "a", c: "b", d: "ca", e: "" });
        assert.deepEqual(["a", "b", "c", "d", "e"].map(before), ["", "a", "ab", "abc", ""]);
    });

    it("knows what comes before where ways meet, where they lead in a circle, and where they lead out of the stack", () => {
        assert.equal(chain({ a: "", b: "a", c: "a", d: "bc" })("d"), "abc");
        assert.equal(chain({ a: "b", b: "a", c: "a" })("c"), "ab");
        assert.equal(chain({ a: "x", b: "a" })("b"), "ax");
    });

    it("reads metadata as it stands", () => {
        assert.equal(metadata(quota, "namespace"), "wikifunctions");
        assert.equal(metadata(quota, "name"), "sandbox");
        assert.equal(metadata(change(quota, "metadata", undefined), "name"), undefined);
        assert.equal(metadata(change(quota, "metadata", UNKNOWN), "name"), UNKNOWN);
        assert.notEqual(metadata(change(quota, "metadata", "sandbox"), "name"), "sandbox");
    });
});
