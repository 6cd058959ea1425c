import assert from "node:assert/strict";
import { directoryOf } from "../../../policy/model/network/directory";
import type { Field } from "../../../policy/model/read";
import { UNKNOWN, type Resource, type Value } from "../../../policy/model/resource";
import { stackOf } from "../../../policy/model/stack";
import { change } from "../harness";
import { javascript, LABELS, network, pods, posture, python, sandbox, withThese } from "../network-fixtures";

const at = (value: Value): Field => ({ path: "", value });
const found = (selector: Value, resources: readonly Resource[] = network, namespace = posture.namespace) => directoryOf(stackOf(resources)).within(namespace, at(selector)).map(({ name }) => name);
const namespaces = (selector: Value, resources: readonly Resource[] = network) => directoryOf(stackOf(resources)).namespaces(at(selector));

const EVALUATORS = ["evaluator-python", "evaluator-javascript"];
const EVERYBODY = ["orchestrator", ...EVALUATORS];
const COMPONENT = "app.kubernetes.io/component";

/** Labels that the cluster writes over those of the template, and some that it doesn't. */
const CLUSTERS_OWN = ["pod-template-hash", "controller-revision-hash", "batch.kubernetes.io/job-name", "apps.kubernetes.io/pod-index", "topology.kubernetes.io/zone", "node.k8s.io/a", "kubernetes.io/arch", "a.b.k8s.io/c", "job-name"];
const USERS_OWN = ["app.kubernetes.io/name", "app", "example.org/kubernetes.io", "notkubernetes.io/a", "my-pod-template-hash", "pod-template-hash-2", "job-name-2"];

describe("policy model: workloads by labels", () => {
    it("are found by one label, by several, by an expression", () => {
        assert.deepEqual(found(pods("orchestrator")), ["orchestrator"]);
        assert.deepEqual(found({ matchLabels: { [COMPONENT]: "evaluator" } }), EVALUATORS);
        assert.deepEqual(found({ matchLabels: { [COMPONENT]: "evaluator", "app.kubernetes.io/instance": "evaluator-python" } }), ["evaluator-python"]);
        assert.deepEqual(found({ matchLabels: { [COMPONENT]: "evaluator", "app.kubernetes.io/instance": "orchestrator" } }), []);
        assert.deepEqual(found({ matchExpressions: [{ key: COMPONENT, operator: "NotIn", values: ["orchestrator"] }] }), EVALUATORS);
        assert.deepEqual(found({ matchLabels: { [COMPONENT]: "evaluator" }, matchExpressions: [{ key: "app.kubernetes.io/instance", operator: "NotIn", values: ["evaluator-python"] }] }), ["evaluator-javascript"]);
    });

    it("are all found by an empty selector, by none, and by one that can't be read", () => {
        for (const selector of [{}, undefined, null, UNKNOWN, { matchLabels: UNKNOWN }] as Value[]) {
            assert.deepEqual(found(selector), EVERYBODY);
        }
    });

    it("are found in their own namespace only", () => {
        assert.deepEqual(found({}, network, posture.loaderNamespace), ["apparmor-loader"]);
        assert.deepEqual(found({}, network, "elsewhere"), []);
    });

    it("are found by whatever selector where their labels can't be read", () => {
        for (const path of [LABELS, `${LABELS}.app`]) {
            const resources = withThese(change(python, path, UNKNOWN));
            assert.deepEqual(found(pods("orchestrator"), resources), ["orchestrator", "evaluator-python"]);
            assert.deepEqual(found({ matchLabels: { a: "b" } }, resources), ["evaluator-python"]);
            assert.deepEqual([...found({}, resources)].sort(), [...EVERYBODY].sort());
        }
    });

    for (const key of CLUSTERS_OWN) {
        it(`may all be meant by ${key}, whatever the template says`, () => {
            const resources = withThese(change(javascript, `${LABELS}["${key}"]`, "other"));
            assert.deepEqual([...found({ matchLabels: { [key]: "x" } }, resources)].sort(), [...EVERYBODY].sort());
            assert.deepEqual(found({ matchLabels: { [key]: "x", [COMPONENT]: "evaluator" } }, resources).length, 2);
            assert.deepEqual(found({ matchExpressions: [{ key, operator: "Exists" }] }, resources).length, 3);
        });
    }

    for (const key of USERS_OWN) {
        it(`are meant by ${key} as their template says`, () => {
            assert.deepEqual(found({ matchLabels: { [key]: "x" } }, withThese(change(javascript, `${LABELS}["${key}"]`, "x"))), ["evaluator-javascript"]);
        });
    }
});

describe("policy model: namespaces by labels", () => {
    const both = [posture.namespace, posture.loaderNamespace];
    const WIKI = { matchLabels: { tier: "wiki" } };
    const NAME = (name: string): Value => ({ matchLabels: { "kubernetes.io/metadata.name": name } });

    it("are found by their own labels and by their name", () => {
        assert.deepEqual(namespaces({}), both);
        assert.deepEqual(namespaces(WIKI), []);
        assert.deepEqual(namespaces(WIKI, withThese(change(sandbox, "metadata.labels.tier", "wiki"))), [posture.namespace]);
        assert.deepEqual(namespaces(NAME(posture.namespace)), [posture.namespace]);
        assert.deepEqual(namespaces(NAME("kube-system"), withThese(change(sandbox, "metadata.labels[\"kubernetes.io/metadata.name\"]", "kube-system"))), []);
    });

    it("may have any label where it can't be told, but no other name", () => {
        const untold = [
            withThese(change(sandbox, "metadata.labels", UNKNOWN)),
            network.filter((resource) => resource !== sandbox),
            withThese({ ...sandbox, urn: "twice" }),
        ];
        for (const resources of untold) {
            assert.deepEqual(namespaces(WIKI, resources), [posture.namespace]);
            assert.deepEqual(namespaces(NAME("kube-system"), resources), []);
        }
    });
});
