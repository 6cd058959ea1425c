import assert from "node:assert/strict";
import { added } from "../../../../commands/drift/added";

const MADE = "2026-11-25T00:00:00Z";
const LATER = "2026-11-25T00:01:00Z";
const WANTED = {
    metadata: { name: "web", labels: { "app": "web", "example.org/a": "b" }, finalizers: ["example.org/one"] },
    spec: { template: { spec: { containers: [{ name: "web", image: "web:1", ports: [{ containerPort: 80 }] }] } } },
};
const fieldsOf = (fieldsV1: object, more: object = {}) => added({ kind: "Deployment", metadata: { name: "web", namespace: "w", creationTimestamp: MADE, managedFields: [{ manager: "kubectl-edit", time: LATER, fieldsV1, ...more }] } }, WANTED).flatMap(({ details }) => details);
const inContainers = (inner: object): object => ({ "f:spec": { "f:template": { "f:spec": { "f:containers": inner } } } });
const CONTAINERS = "spec.template.spec.containers";

describe("fields that somebody adds to an object of Pulumi's", () => {
    for (const [what, fields, path] of [
        ["a container", inContainers({ 'k:{"name":"side"}': { ".": {}, "f:image": {} } }), `${CONTAINERS}[name=side]`],
        ["a field of a container", inContainers({ 'k:{"name":"web"}': { "f:command": {} } }), `${CONTAINERS}[name=web].command`],
        ["a port", inContainers({ 'k:{"name":"web"}': { "f:ports": { 'k:{"containerPort":81,"protocol":"TCP"}': { ".": {} } } } }), `${CONTAINERS}[name=web].ports[containerPort=81,protocol=TCP]`],
        ["a label", { "f:metadata": { "f:labels": { "f:example.org/c": {} } } }, 'metadata.labels["example.org/c"]'],
        ["a finalizer", { "f:metadata": { "f:finalizers": { 'v:"example.org/two"': {} } } }, 'metadata.finalizers["example.org/two"]'],
        ["a whole object", { "f:spec": { "f:strategy": { "f:type": {} } } }, "spec.strategy"],
    ] as const) {
        it(`are told: ${what}`, () => {
            assert.deepEqual(fieldsOf(fields), [`${path}, by kubectl-edit, who wrote last at ${LATER}`]);
        });
    }

    it("are not those that the program has too, whoever set them", () => {
        assert.deepEqual(fieldsOf({
            "f:metadata": { "f:labels": { ".": {}, "f:app": {}, "f:example.org/a": {} }, "f:finalizers": { 'v:"example.org/one"': {} } },
            ...inContainers({ 'k:{"name":"web"}': { ".": {}, "f:image": {}, "f:ports": { 'k:{"containerPort":80,"protocol":"TCP"}': { ".": {}, "f:containerPort": {} } } } }),
        }), []);
    });

    it("are neither the defaults that an object gets at its creation, nor its status", () => {
        const fields = { "f:spec": { "f:paused": {} } };
        assert.deepEqual(fieldsOf(fields), ["spec.paused, by kubectl-edit, who wrote last at 2026-11-25T00:01:00Z"]);
        assert.deepEqual(fieldsOf(fields, { time: MADE }), []);
        assert.deepEqual(fieldsOf(fields, { subresource: "status" }), []);
        assert.deepEqual(fieldsOf(fields, { subresource: "scale" }), ["spec.paused, by kubectl-edit, who wrote last at 2026-11-25T00:01:00Z"]);
    });
});
