import assert from "node:assert/strict";
import { planned } from "../../../../commands/drift/planned";
import type { Step } from "../../../../commands/pulumi";

const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const manifest = (kind: string, name: string, namespace?: string, uid?: string) => ({ kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...(uid === undefined ? {} : { uid }) } });

function step(op: string, type: string, live: object | undefined, wanted: object | undefined, detailedDiff: Step["detailedDiff"] = null): Step {
    return { op, urn: `urn:pulumi:s::p::${type}::n`, type, old: live === undefined ? null : { inputs: live, outputs: live }, new: wanted === undefined ? null : { inputs: wanted }, detailedDiff };
}

const deny = manifest("NetworkPolicy", "default-deny", "w", "1");
const preview = (steps: readonly Step[]) => planned({ steps });

describe("a preview after a refresh", () => {
    for (const [op, what, live, wanted] of [
        ["create", "missing", undefined, deny],
        ["update", "changed", deny, deny],
        ["replace", "changed", deny, deny],
        ["delete", "removed", deny, undefined],
    ] as const) {
        it(`with the step ${op} finds an object ${what}`, () => {
            assert.deepEqual(preview([step(op, POLICY, live, wanted, { "spec.egress": {} })]).findings, [{ what, subject: "NetworkPolicy w/default-deny", details: ["spec.egress: in the program not set, in the cluster not set"] }]);
        });
    }

    it("finds nothing in what stays the same, or in the steps of the refresh itself", () => {
        assert.deepEqual(preview([step("same", POLICY, deny, deny), step("refresh", POLICY, deny, deny), step("refresh", POLICY, deny, undefined)]).findings, []);
    });

    it("tells where to look for the rest, and what of it is Pulumi's", () => {
        const { context, namespaces, managed, services } = preview([
            step("same", "pulumi:providers:kubernetes", undefined, { context: "staging" }),
            step("same", "kubernetes:core/v1:Namespace", manifest("Namespace", "w", undefined, "2"), manifest("Namespace", "w")),
            step("same", "kubernetes:core/v1:Service", manifest("Service", "web", "w", "3"), manifest("Service", "web", "w")),
            step("create", POLICY, undefined, manifest("NetworkPolicy", "new", "w")),
        ]);
        assert.deepEqual({ context, namespaces, managed: [...managed], services: [...services] }, { context: "staging", namespaces: ["w"], managed: ["2", "3"], services: ["w/web"] });
    });
});
