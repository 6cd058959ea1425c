import assert from "node:assert/strict";
import { configMapOf } from "../../../policy/posture/loader";
import { UNKNOWN, type Resource, type Value } from "../../../policy/model/resource";
import { stackOf } from "../../../policy/model/stack";
import { apparmorLoaded } from "../../../policy/rules/apparmor-loaded";
import { goodLoader } from "../apparmor/loader";
import { evaluator, posture, profileOf, resource } from "../fixtures";
import { assertNames, change, CONTAINER, CONTEXT, POD } from "../harness";

const ENV = `${CONTAINER}.env[0].value`;
const NODE_AFFINITY = `${POD}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`;
const [NAME] = profileOf("evaluator-python");
const [ORCHESTRATORS] = profileOf("orchestrator");
const GPU = { key: "gpu", operator: "Equal", value: "a", effect: "NoSchedule" };

const configMap = resource("kubernetes:core/v1:ConfigMap", "apparmor-profiles", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: configMapOf([NAME, ORCHESTRATORS]), namespace: "wikifunctions-apparmor" },
    data: { [NAME]: "…", [ORCHESTRATORS]: "…" },
});
const runtimeClass = resource("kubernetes:node.k8s.io/v1:RuntimeClass", "gvisor", { metadata: { name: "gvisor" }, handler: "runsc", scheduling: { tolerations: [GPU] } });
const parameters = (data: Value, namespace = posture.namespace): Resource => resource("kubernetes:core/v1:ConfigMap", "parameters", { kind: "ConfigMap", metadata: { name: "parameters", namespace }, data });
const good = { evaluator, loader: goodLoader, configMap };

/** Edits of the evaluator, of the loader, and of the rest. */
interface Case {
    readonly evaluator?: Readonly<Record<string, Value>>;
    readonly loader?: Readonly<Record<string, Value>>;
    readonly configMap?: Readonly<Record<string, Value>>;
    readonly more?: readonly Resource[];
}

function check({ evaluator: ofEvaluator = {}, loader = {}, configMap: ofMap = {}, more = [] }: Case) {
    const edit = (from: Resource, edits: Readonly<Record<string, Value>>) => Object.entries(edits).reduce((at, [path, to]) => change(at, path, to), from);
    const stack = stackOf([edit(good.evaluator, ofEvaluator), edit(good.loader, loader), edit(good.configMap, ofMap), ...more]);
    const violations = apparmorLoaded.check(stack, posture);
    assert.ok(violations.every((violation) => violation.resource !== undefined));
    return violations;
}

const SELECTED = { [`${POD}.nodeSelector`]: { sandbox: "yes" } };
const term = (key: string, operator: string, values: readonly string[]) => ({ matchExpressions: [{ key, operator, values: [...values] }] });

const PASSES: Readonly<Record<string, Case>> = {
    "the good stack": {},
    "a loader on every node": { evaluator: SELECTED },
    "a loader on the nodes that the pod selects": { evaluator: { [`${POD}.nodeSelector`]: { sandbox: "yes", zone: "a" } }, loader: SELECTED },
    "the pod selecting by affinity": { evaluator: { [NODE_AFFINITY]: [term("sandbox", "In", ["yes"])] }, loader: SELECTED },
    "the same toleration": { evaluator: { [`${POD}.tolerations`]: [GPU] }, loader: { [`${POD}.tolerations`]: [GPU] } },
    "a toleration of any value": { evaluator: { [`${POD}.tolerations`]: [GPU] }, loader: { [`${POD}.tolerations`]: [{ key: "gpu", operator: "Exists" }] } },
    "a toleration of everything": { evaluator: { [`${POD}.tolerations`]: [{ operator: "Exists" }] }, loader: { [`${POD}.tolerations`]: [{ operator: "Exists" }] } },
    "a loader that tolerates more": { loader: { [`${POD}.tolerations`]: [GPU] } },
    "a taint that every DaemonSet tolerates": { evaluator: { [`${POD}.tolerations`]: [{ key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 }] } },
    "a taint that keeps no pod away": { evaluator: { [`${POD}.tolerations`]: [{ ...GPU, effect: "PreferNoSchedule" }] } },
    "a runtime's toleration that the loader has": { evaluator: { [`${POD}.runtimeClassName`]: "gvisor" }, loader: { [`${POD}.tolerations`]: [GPU] }, more: [runtimeClass] },
    "parameters that let loaded profiles through": { more: [parameters({ "evaluator-python.profile": NAME, "orchestrator.profile": ORCHESTRATORS, other: "docker-default" })] },
    "what is called a profile in another namespace": { more: [parameters({ "evaluator-python.profile": "docker-default" }, "elsewhere")] },
    "a runtime of the cluster's own": { evaluator: { [`${POD}.runtimeClassName`]: "kata" }, more: [runtimeClass] },
};

const PROFILE = `${CONTEXT}.appArmorProfile.localhostProfile`;
const TOLERATION = `${POD}.tolerations[0]`;
const SELECTOR = `${POD}.nodeSelector`;
const tolerating = (ofPod: Value, ...ofLoader: Value[]): Case => ({ evaluator: { [`${POD}.tolerations`]: [ofPod] }, loader: { [`${POD}.tolerations`]: ofLoader } });

const BLOCKS: Readonly<Record<string, readonly [Case, at: string]>> = {
    "a profile of nobody": [{ evaluator: { [PROFILE]: "docker-default" } }, PROFILE],
    "an unknown profile": [{ evaluator: { [PROFILE]: UNKNOWN } }, PROFILE],
    "no profile": [{ evaluator: { [`${CONTEXT}.appArmorProfile`]: undefined, [`${POD}.securityContext`]: undefined } }, PROFILE],
    "a profile that isn't in the ConfigMap": [{ configMap: { [`data.${NAME}`]: undefined } }, PROFILE],
    "a ConfigMap of another name": [{ configMap: { "metadata.name": "other" } }, PROFILE],
    "a ConfigMap that the loader doesn't mount": [{ loader: { [`${POD}.volumes[1].configMap.name`]: configMapOf([NAME]) } }, PROFILE],
    "a ConfigMap that isn't one of profiles, mounted or not": [{ loader: { [`${POD}.volumes[1].configMap.name`]: "other" }, configMap: { "metadata.name": "other" } }, PROFILE],
    "a ConfigMap of another namespace": [{ configMap: { "metadata.namespace": "wikifunctions" } }, PROFILE],
    "unknown profiles": [{ configMap: { data: UNKNOWN } }, PROFILE],
    "a profile that the loader doesn't expect": [{ loader: { [ENV]: ORCHESTRATORS } }, PROFILE],
    "an unknown expectation": [{ loader: { [ENV]: UNKNOWN } }, PROFILE],
    "an expectation that only starts alike": [{ loader: { [ENV]: `${NAME}c` } }, PROFILE],
    "no loader": [{ loader: { "metadata.name": "other" } }, "its AppArmor profile"],
    "two loaders": [{ more: [{ ...goodLoader, urn: "another" }] }, "its AppArmor profile"],
    "a loader on selected nodes": [{ loader: SELECTED }, SELECTOR],
    "a loader on other nodes": [{ evaluator: { [SELECTOR]: { sandbox: "no" } }, loader: SELECTED }, SELECTOR],
    "unknown nodes of the loader": [{ loader: { [SELECTOR]: UNKNOWN } }, SELECTOR],
    "an unknown node of the loader": [{ loader: { [SELECTOR]: { sandbox: UNKNOWN } } }, SELECTOR],
    "unknown nodes of the pod": [{ evaluator: { [SELECTOR]: UNKNOWN }, loader: SELECTED }, SELECTOR],
    "an affinity that leaves a choice": [{ evaluator: { [NODE_AFFINITY]: [term("sandbox", "In", ["yes", "no"])] }, loader: SELECTED }, SELECTOR],
    "an affinity of one term among two": [{ evaluator: { [NODE_AFFINITY]: [term("sandbox", "In", ["yes"]), term("zone", "Exists", [])] }, loader: SELECTED }, SELECTOR],
    "an affinity of another operator": [{ evaluator: { [NODE_AFFINITY]: [term("sandbox", "NotIn", ["yes"])] }, loader: SELECTED }, SELECTOR],
    "a taint that the loader doesn't tolerate": [tolerating(GPU), TOLERATION],
    "another value of the taint": [tolerating({ ...GPU, value: "b" }, GPU), TOLERATION],
    "any value of the taint": [tolerating({ key: "gpu", operator: "Exists", effect: "NoSchedule" }, GPU), TOLERATION],
    "another taint of the same value": [tolerating({ ...GPU, key: "tpu" }, GPU), TOLERATION],
    "values above the loader's": [tolerating({ ...GPU, operator: "Gt", value: "5" }, { ...GPU, value: "5" }), TOLERATION],
    "another effect of the taint": [tolerating({ ...GPU, effect: "NoExecute" }, GPU), TOLERATION],
    "any effect of the taint": [tolerating({ key: "gpu", operator: "Equal", value: "a" }, GPU), TOLERATION],
    "every taint": [tolerating({ operator: "Exists" }, GPU, { ...GPU, effect: "NoExecute" }), TOLERATION],
    "a loader that is evicted after a while": [tolerating({ ...GPU, effect: "NoExecute" }, { ...GPU, effect: "NoExecute", tolerationSeconds: 60 }), TOLERATION],
    "an unknown toleration": [tolerating(UNKNOWN, GPU), TOLERATION],
    "unknown tolerations": [{ evaluator: { [`${POD}.tolerations`]: UNKNOWN } }, `${POD}.tolerations[?]`],
    "an unknown key on both sides": [tolerating({ ...GPU, key: UNKNOWN }, { ...GPU, key: UNKNOWN }), TOLERATION],
    "parameters that let an older profile through": [{ more: [parameters({ "evaluator-python.profile": `${NAME.slice(0, -1)}x` })] }, 'data["evaluator-python.profile"]'],
    "parameters that are no names": [{ more: [parameters({ "evaluator-python.profile": UNKNOWN })] }, 'data["evaluator-python.profile"]'],
    "an unknown runtime": [{ evaluator: { [`${POD}.runtimeClassName`]: UNKNOWN } }, `${POD}.runtimeClassName`],
    "a taint of its runtime": [{ evaluator: { [`${POD}.runtimeClassName`]: "gvisor" }, more: [runtimeClass] }, "runtimeClass gvisor.scheduling.tolerations[0]"],
};

describe("policy: apparmor-loaded", () => {
    for (const [what, edits] of Object.entries(PASSES)) {
        it(`accepts ${what}`, () => {
            assert.deepEqual(check(edits), []);
        });
    }

    for (const [what, [edits, at]] of Object.entries(BLOCKS)) {
        it(`refuses ${what}`, () => {
            assertNames(check(edits), at);
        });
    }

    it("says nothing of a stack without workloads", () => {
        assert.deepEqual(apparmorLoaded.check(stackOf([]), posture), []);
    });
});
