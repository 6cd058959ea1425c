import assert from "node:assert/strict";
import { effective, forEachContainer, kindOfType, podsOf } from "../../policy/model/pod";
import { MALFORMED, UNKNOWN, type Value } from "../../policy/model/resource";
import { evaluator, resource } from "./fixtures";
import { change, CONTEXT, POD, POD_CONTEXT } from "./harness";

/** Where the template stands in each kind, by the API reference. */
const TEMPLATES: Readonly<Record<string, readonly [type: string, path: string]>> = {
    Pod: ["core/v1:Pod", ""],
    Deployment: ["apps/v1:Deployment", "spec.template"],
    ReplicaSet: ["apps/v1:ReplicaSet", "spec.template"],
    StatefulSet: ["apps/v1:StatefulSet", "spec.template"],
    DaemonSet: ["apps/v1:DaemonSet", "spec.template"],
    ReplicationController: ["core/v1:ReplicationController", "spec.template"],
    Job: ["batch/v1:Job", "spec.template"],
    CronJob: ["batch/v1:CronJob", "spec.jobTemplate.spec.template"],
    PodTemplate: ["core/v1:PodTemplate", "template"],
};

/** A template with these containers, at a path. */
function holder(type: string, path: string, kind?: Value) {
    const template = { metadata: { name: "x" }, spec: { containers: [{ name: "a" }] } };
    const props = path.split(".").filter((key) => key !== "").reduceRight<Value>((inner, key) => ({ [key]: inner }), template) as Record<string, Value>;
    return resource(`kubernetes:${type}`, "x", { ...props, ...(kind === undefined ? {} : { kind }) });
}

describe("policy model: pods", () => {
    for (const [kind, [type, path]] of Object.entries(TEMPLATES)) {
        it(`are read from a ${kind}, by its type or by its kind, and from its patch`, () => {
            for (const from of [holder(type, path), holder("core/v1:ConfigMap", path, kind), holder(`${type}Patch`, path)]) {
                const pod = podsOf(from);
                assert.deepEqual([pod?.kind, pod?.templatePath], [kind, path]);
                assert.deepEqual(forEachContainer(from, (container) => [container.path]), [`${path === "" ? "" : `${path}.`}spec.containers[0]`]);
            }
        });
    }

    it("aren't read from anything else", () => {
        for (const from of [holder("core/v1:Service", "spec.template"), holder("core/v1:ConfigMap", "spec.template", "constructor"), holder("core/v1:ConfigMap", "spec.template", UNKNOWN)]) {
            assert.equal(podsOf(from), undefined);
            assert.deepEqual(forEachContainer(from, () => ["found"]), []);
        }
    });

    it("have the kind that they state, whatever their type says", () => {
        assert.equal(podsOf(holder("apps/v1:Deployment", "spec.template", "DaemonSet"))?.kind, "DaemonSet");
        assert.equal(podsOf(holder("apps/v1:Deployment", "spec.template", ["Pod"]))?.kind, "Deployment");
        assert.equal(kindOfType("kubernetes:apps/v1:DeploymentPatch"), "Deployment");
        assert.equal(kindOfType("kubernetes:example.org/v1:PatchPolicy"), "PatchPolicy");
    });

    it("have containers of all sorts, and one that can't be read where nothing can", () => {
        const sorts = change(change(evaluator, `${POD}.initContainers`, [{ name: "i" }]), `${POD}.ephemeralContainers`, [{ name: "e" }]);
        assert.deepEqual(forEachContainer(sorts, ({ sort }) => [sort]), ["containers", "initContainers", "ephemeralContainers"]);
        for (const spec of [UNKNOWN, MALFORMED, "x"] as Value[]) {
            assert.deepEqual(forEachContainer(change(evaluator, POD, spec), ({ path }) => [path]), [`${POD}.containers[?]`]);
        }
    });

    it("lend their security context to containers that leave a field out, or say null", () => {
        const merged = (own: Value, pods: Value) => forEachContainer(change(change(evaluator, `${CONTEXT}.runAsUser`, own), `${POD_CONTEXT}.runAsUser`, pods), (container) => [effective(container, "runAsUser")]);
        assert.deepEqual(merged(1, 2), [{ path: `${CONTEXT}.runAsUser`, value: 1 }]);
        assert.deepEqual(merged(null, 2), [{ path: `${POD_CONTEXT}.runAsUser`, value: 2 }]);
        assert.deepEqual(merged(undefined, 2), [{ path: `${POD_CONTEXT}.runAsUser`, value: 2 }]);
        assert.deepEqual(merged(undefined, undefined), [{ path: `${CONTEXT}.runAsUser`, value: undefined }]);
    });
});
