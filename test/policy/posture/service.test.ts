import assert from "node:assert/strict";
import { podsOf } from "../../../policy/model/pod";
import { UNKNOWN, type Resource, type Value } from "../../../policy/model/resource";
import { ceilingsOf, serviceOf } from "../../../policy/posture/service";
import { evaluator, loader, orchestrator, posture } from "../fixtures";
import { change } from "../harness";

function lookUp(resource: Resource) {
    const pods = podsOf(resource);
    assert.ok(pods);
    return { service: serviceOf(pods, posture), ceilings: ceilingsOf(pods, posture) };
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
        assert.equal(lookUp(evaluator).service, posture.services["evaluator-python"]);
        assert.equal(lookUp(orchestrator).service, posture.services["orchestrator"]);
        assert.equal(lookUp(evaluator).ceilings, posture.services["evaluator-python"]?.ceilings);
    });

    it("is never told by labels", () => {
        const disguised = change(evaluator, "spec.template.metadata.labels", { "app.kubernetes.io/instance": "orchestrator", "app.kubernetes.io/component": "orchestrator" });
        assert.equal(lookUp(disguised).service?.role, "evaluator");
    });

    it("is none for the loader", () => {
        assert.deepEqual(lookUp(loader), { service: undefined, ceilings: undefined });
    });

    for (const [path, to] of OTHERS) {
        it(`is none, and has no ceilings, where ${path} is ${typeof to === "symbol" ? "unknown" : (JSON.stringify(to) ?? "not set")}`, () => {
            assert.deepEqual(lookUp(change(evaluator, path, to)), { service: undefined, ceilings: undefined });
        });
    }
});
