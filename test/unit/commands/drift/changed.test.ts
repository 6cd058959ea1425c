import assert from "node:assert/strict";
import { changedIn } from "../../../../commands/drift/changed";

const MARKED = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "[secret]" };
const PULUMI = { manager: "pulumi-kubernetes-1", time: "2026-11-25T00:00:00Z" };
const HAND = { manager: "kubectl-edit", time: "2026-11-25T00:01:00Z" };
const BY_HAND = ", by kubectl-edit, who wrote last at 2026-11-25T00:01:00Z";

function said(path: string, wanted: object, live: object, managedFields: readonly object[] = []): string {
    const outputs = { kind: "Deployment", ...live, metadata: { ...(live as { metadata?: object }).metadata, managedFields } };
    return changedIn({ old: { inputs: live, outputs }, new: { inputs: wanted }, detailedDiff: { [path]: {} } }).join();
}
const containers = (container: object) => ({ spec: { containers: [{ name: "first" }, { name: "web", ...container }] } });
const OWNS_CONTAINER = (fields: object) => ({ "f:spec": { "f:containers": { 'k:{"name":"web"}': fields } } });

describe("a field that isn't as the program says", () => {
    it("is told with both values", () => {
        assert.equal(said("spec.limit", { spec: { limit: 2 } }, { spec: { limit: 9 } }), "spec.limit: in the program 2, in the cluster 9");
        assert.equal(said("spec.open", { spec: { open: false } }, { spec: {} }), "spec.open: in the program false, in the cluster not set");
        assert.equal(said("spec.x", { spec: {} }, { spec: { x: { y: 1 } } }), "spec.x: in the program not set, in the cluster an object");
        assert.equal(said('data["a.b"]', { data: { "a.b": "x" } }, { data: { "a.b": "y\u202e" } }), 'data["a.b"]: in the program "x", in the cluster "y\\u202e"');
        assert.match(said("data.a", { data: { a: "x".repeat(500) } }, {}), /^data\.a: in the program "x{119}…, in the cluster not set$/);
    });

    it("is told with who set it, where the API server knows", () => {
        const fields = [{ ...PULUMI, fieldsV1: OWNS_CONTAINER({ "f:name": {} }) }, { ...HAND, fieldsV1: OWNS_CONTAINER({ "f:image": {}, "f:args": {} }) }];
        const of = (path: string, value: object) => said(path, containers({ image: "a", args: ["a"] }), containers(value), fields);
        assert.equal(of("spec.containers[1].image", { image: "b" }), `spec.containers[1].image: in the program "a", in the cluster "b"${BY_HAND}`);
        assert.equal(of("spec.containers[1].args[0]", { args: ["b"] }), `spec.containers[1].args[0]: in the program "a", in the cluster "b"${BY_HAND}`);
        assert.equal(of("spec.containers[1].image", {}), 'spec.containers[1].image: in the program "a", in the cluster not set');
        assert.equal(of("spec.containers[0].image", {}), "spec.containers[0].image: in the program not set, in the cluster not set");
        assert.equal(said("status.x", {}, { status: { x: 1 } }, [{ ...HAND, subresource: "status", fieldsV1: { "f:status": { "f:x": {} } } }]), "status.x: in the program not set, in the cluster 1");
    });

    it("never gives a secret away", () => {
        const hidden = "the program has another value than the cluster; a secret isn't shown";
        assert.equal(said("data.a", { data: MARKED }, { data: { a: "hunter2" } }), `data.a: ${hidden}`);
        assert.equal(said("data.a", { data: { a: "hunter2" } }, { data: { a: MARKED } }), `data.a: ${hidden}`);
        assert.equal(said("stringData.a", { stringData: { a: "hunter2" } }, { kind: "Secret", stringData: { a: "hunter3" } }), `stringData.a: ${hidden}`);
        const variables = said("spec.containers[1].env[0].value", containers({ env: [{ name: "T", value: "9000" }] }), containers({ env: [{ name: "T", value: "hunter2" }] }));
        assert.equal(variables, 'spec.containers[1].env[0].value: in the program the text "9000", in the cluster a text that is not repeated here, as it may be a secret');
    });
});
