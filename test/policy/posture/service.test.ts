import assert from "node:assert/strict";
import { podsOf } from "../../../policy/model/pod";
import { UNKNOWN, type Resource, type Value } from "../../../policy/model/resource";
import { serviceOf } from "../../../policy/posture/service";
import { evaluator, loader, orchestrator, posture } from "../fixtures";
import { change } from "../harness";

function lookUp(resource: Resource) {
    const pods = podsOf(resource);
    assert.ok(pods);
    return serviceOf(pods, posture);
}

/** One thing about the evaluator that is otherwise. */
const OTHERS: readonly (readonly [path: string, to: Value])[] = [
    ["kind", "StatefulSet"],
    ["metadata.namespace", "default"],
    ["metadata.namespace", "wikifunctions-apparmor"],
    ["metadata.namespace", undefined],
    ["metadata.namespace", UNKNOWN],
    ["metadata.name", "evaluator-ruby"],
    ["metadata.name", "Evaluator-Python"],
    ["metadata.name", undefined],
    ["metadata.name", UNKNOWN],
    ["metadata.name", ["evaluator-python"]],
    ...["constructor", "toString", "__proto__", "hasOwnProperty"].map((name) => ["metadata.name", name] as const),
];

describe("policy: the approved service that a workload is", () => {
    it("is told by kind, namespace and name", () => {
        assert.equal(lookUp(evaluator), posture.services["evaluator-python"]);
        assert.equal(lookUp(orchestrator), posture.services["orchestrator"]);
    });

    it("is never told by labels", () => {
        const disguised = change(evaluator, "spec.template.metadata.labels", { "app.kubernetes.io/instance": "orchestrator", "app.kubernetes.io/component": "orchestrator" });
        assert.equal(lookUp(disguised)?.role, "evaluator");
    });

    it("is none for the loader", () => {
        assert.equal(lookUp(loader), undefined);
    });

    for (const [path, to] of OTHERS) {
        it(`is none where ${path} is ${typeof to === "symbol" ? "unknown" : (JSON.stringify(to) ?? "not set")}`, () => {
            assert.equal(lookUp(change(evaluator, path, to)), undefined);
        });
    }
});
