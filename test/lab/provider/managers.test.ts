import assert from "node:assert/strict";
import { isFreshlyCreated, leaveIgnored, takeOver } from "../../../lab/provider/managers";
import type { Values } from "../../../lab/provider/values";

const ME = "pulumi-kubernetes-1";
const entry = (manager: string, operation: string, fieldsV1: Values, more: Values = {}): Values => ({ manager, operation, fieldsV1, ...more });
const held = (...managedFields: Values[]): Values => ({ metadata: { managedFields } });

describe("who manages a field", () => {
    it("its own and the people's fields come together, the controllers' stay", () => {
        const controller = entry("kube-controller-manager", "Update", { "f:status": {} }, { subresource: "status" });
        const scaled = entry("kubectl", "Update", { "f:spec": { "f:replicas": {} } }, { subresource: "scale" });
        const live = held(controller, entry("kubectl-edit", "Update", { "f:a": { "f:x": {} } }), entry(ME, "Apply", { "f:a": { "f:y": {} } }), scaled);
        assert.deepEqual(takeOver(live, ME), [controller, scaled, entry(ME, "Apply", { "f:a": { "f:y": {}, "f:x": {} } })]);
    });

    it("nothing is to be done where nobody else's are there", () => {
        assert.equal(takeOver(held(entry(ME, "Apply", {}), entry("hpa", "Update", {})), ME), undefined);
    });

    it("an object that Pulumi made with a plain create is told from one that was applied", () => {
        assert.ok(isFreshlyCreated(held(entry("pulumi-kubernetes", "Update", {}))));
        assert.ok(!isFreshlyCreated(held(entry(ME, "Apply", {}))));
    });

    it("an ignored field isn't sent where somebody else holds it, and else as it is", () => {
        const inputs: Values = { spec: { replicas: 1, paused: true } };
        const live = { ...held(entry("hpa", "Update", { "f:spec": { "f:replicas": {} } }), entry(ME, "Apply", { "f:spec": { "f:paused": {} } })), spec: { replicas: 5, paused: false } };
        assert.deepEqual(leaveIgnored(inputs, live, ["spec.replicas", "spec.paused", "spec.missing"], ME), { spec: { paused: false } });
    });
});
