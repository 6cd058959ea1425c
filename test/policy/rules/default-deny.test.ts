import assert from "node:assert/strict";
import { UNKNOWN, type Resource, type Value } from "../../../policy/model/resource";
import { defaultDeny } from "../../../policy/rules/default-deny";
import { assertNames, change } from "../harness";
import { denies, judgeStack, network, policy, posture, profiles, python, withThese, without } from "../network-fixtures";

const [deny] = denies;
const MISSING = `the default deny of namespace ${posture.namespace}`;

/** Edits of the sandbox's deny after which it denies less, or can't be told to deny. */
const WEAKENED: Readonly<Record<string, readonly [path: string, to: Value]>> = {
    "no longer about ingress": ["spec.policyTypes", ["Egress"]],
    "no longer about egress": ["spec.policyTypes", ["Ingress"]],
    "without types, which Kubernetes takes for ingress alone": ["spec.policyTypes", undefined],
    "with an empty list of types, which Kubernetes takes for ingress alone": ["spec.policyTypes", []],
    "of types that are unknown": ["spec.policyTypes", UNKNOWN],
    "of a type that is unknown": ["spec.policyTypes", ["Ingress", UNKNOWN]],
    "of types in a text": ["spec.policyTypes", "Ingress,Egress"],
    "for some pods by a label": ["spec.podSelector", { matchLabels: { a: "b" } }],
    "for some pods by an expression": ["spec.podSelector", { matchExpressions: [{ key: "a", operator: "DoesNotExist" }] }],
    "for pods that are unknown": ["spec.podSelector", UNKNOWN],
    "for pods by unknown labels": ["spec.podSelector", { matchLabels: UNKNOWN }],
    "without a selector": ["spec.podSelector", undefined],
    "with an egress rule": ["spec.egress", [{}]],
    "with an ingress rule": ["spec.ingress", [{ from: [{ podSelector: {} }] }]],
    "with egress that is unknown": ["spec.egress", UNKNOWN],
    "with ingress that is no list": ["spec.ingress", {}],
    "in another namespace": ["metadata.namespace", "default"],
    "in a namespace that is unknown": ["metadata.namespace", UNKNOWN],
    "whose spec is unknown": ["spec", UNKNOWN],
};

describe("policy: default-deny", () => {
    it("accepts the good network", () => {
        assert.deepEqual(judgeStack(defaultDeny, network), []);
    });

    const SAME: Readonly<Record<string, readonly [path: string, to: Value]>> = {
        "with empty rules": ["spec.ingress", []],
        "with rules that are null": ["spec.egress", null],
        "with an empty list of expressions": ["spec.podSelector", { matchLabels: {}, matchExpressions: [] }],
        "with its types the other way round": ["spec.policyTypes", ["Egress", "Ingress"]],
    };
    for (const [name, [path, to]] of Object.entries(SAME)) {
        it(`accepts a deny ${name}`, () => {
            assert.deepEqual(judgeStack(defaultDeny, withThese(change(deny, path, to))), []);
        });
    }

    for (const [name, [path, to]] of Object.entries(WEAKENED)) {
        it(`refuses a deny ${name}`, () => {
            assertNames(judgeStack(defaultDeny, withThese(change(deny, path, to))), MISSING);
        });
    }

    for (const type of ["kubernetes:crd.projectcalico.org/v1:NetworkPolicy", "kubernetes:networking.k8s.io/v1:NetworkPolicyPatch"]) {
        it(`doesn't take a ${type} for a deny`, () => {
            assertNames(judgeStack(defaultDeny, withThese({ ...deny, type })), MISSING);
        });
    }

    it("calls a deny missing only where there is none, and names one that is there with other fields", () => {
        const said = (stack: readonly Resource[]) => judgeStack(defaultDeny, stack).map(({ resource, is }) => [resource?.urn, is]);
        assert.deepEqual(said(without(deny)), [[undefined, "missing"]]);
        assert.deepEqual(said(withThese(change(deny, "spec.egress", [{}]))), [[deny.urn, "one that doesn't deny everything"]]);
    });

    it("refuses each namespace that has none, the profile loader's too", () => {
        assert.deepEqual(judgeStack(defaultDeny, without(...denies)).map(({ path }) => path), [posture.namespace, posture.loaderNamespace].map((namespace) => `the default deny of namespace ${namespace}`));
    });

    it("refuses pods in a third namespace without one, and accepts them with one", () => {
        const astray = { ...change(python, "metadata.namespace", "elsewhere"), urn: "astray" };
        assertNames(judgeStack(defaultDeny, withThese(astray)), "the default deny of namespace elsewhere");
        const third = policy("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }, "elsewhere");
        assert.deepEqual(judgeStack(defaultDeny, withThese({ ...astray, dependencies: [third.urn] }, third)), []);
    });

    it("leaves pods whose namespace is unknown to the rule about namespaces", () => {
        const astray = { ...change(python, "metadata.namespace", UNKNOWN), urn: "astray" };
        assert.deepEqual(judgeStack(defaultDeny, withThese(astray)), []);
    });

    it("accepts a workload that waits for one of two denies", () => {
        const second = policy("second", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
        assert.deepEqual(judgeStack(defaultDeny, withThese(second)), []);
    });

    it("refuses two that each deny one direction only, because either may go without the other", () => {
        const halves = ["Ingress", "Egress"].map((type) => policy(`deny-${type}`, { podSelector: {}, policyTypes: [type] }));
        assertNames(judgeStack(defaultDeny, [...without(deny), ...halves]), MISSING);
    });

    for (const workload of [python, profiles]) {
        it(`refuses ${workload.name} where it doesn't wait for the deny`, () => {
            const violations = judgeStack(defaultDeny, withThese({ ...workload, dependencies: [] }));
            assert.deepEqual(violations.map(({ resource, path }) => [resource?.name, path]), [[workload.name, "dependsOn"]]);
        });
    }

    it("follows dependencies through other resources", () => {
        const between = { ...network[0], urn: "between", dependencies: [deny.urn] } as Resource;
        assert.deepEqual(judgeStack(defaultDeny, withThese(between, { ...python, dependencies: ["between"] })), []);
    });
});
