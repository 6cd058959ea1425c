import assert from "node:assert/strict";
import type { Field } from "../../policy/model/read";
import { UNKNOWN, type Value } from "../../policy/model/resource";
import { labelsBeyond, tolerationsBeyond } from "../../policy/model/scheduling";

const at = (value: Value): Field => ({ path: "", value });

/** What the DaemonSet controller adds to pods that aren't in the host's network, as Kubernetes documents it. */
const BY_DEFAULT: Readonly<Record<string, string>> = {
    "node.kubernetes.io/not-ready": "NoExecute",
    "node.kubernetes.io/unreachable": "NoExecute",
    "node.kubernetes.io/disk-pressure": "NoSchedule",
    "node.kubernetes.io/memory-pressure": "NoSchedule",
    "node.kubernetes.io/pid-pressure": "NoSchedule",
    "node.kubernetes.io/unschedulable": "NoSchedule",
};

/** Whether a pod with this toleration may be put where a DaemonSet with those isn't. */
function isBeyond(toleration: Value, ...its: readonly Value[]): boolean {
    return tolerationsBeyond(at({ tolerations: [...its] }), [at(toleration)]).length > 0;
}

const A = { key: "a", operator: "Equal", value: "x", effect: "NoSchedule" };
const ANY_A = { key: "a", operator: "Exists" };

type Pairs = Readonly<Record<string, readonly [daemon: Value, pod: Value]>>;

const COVERED: Pairs = {
    "the same": [A, A],
    "the same, with the operator that goes without saying": [{ ...A, operator: undefined }, A],
    "the same, without saying the operator": [A, { ...A, operator: null }],
    "any value": [{ ...ANY_A, effect: "NoSchedule" }, A],
    "any taint": [{ operator: "Exists" }, ANY_A],
    "any taint, for a pod that may go anywhere": [{ operator: "Exists" }, { operator: "Exists" }],
    "any effect": [{ ...A, effect: undefined }, A],
    "the same for longer": [ANY_A, { ...ANY_A, tolerationSeconds: 60 }],
};

const BEYOND: Pairs = {
    "another key": [{ ...ANY_A, key: "b" }, ANY_A],
    "another key and the same value": [{ ...A, key: "b" }, A],
    "another value": [{ ...A, value: "y" }, A],
    "another effect": [{ ...A, effect: "NoExecute" }, A],
    "one effect of all": [{ ...ANY_A, effect: "NoSchedule" }, ANY_A],
    "one value of all": [{ key: "a", operator: "Equal" }, ANY_A],
    "one value where greater ones are meant": [{ ...A, value: "5" }, { ...A, operator: "Gt", value: "5" }],
    "an operator that isn't known here": [{ ...A, operator: "Gt", value: "5" }, { ...A, operator: "Gt", value: "5" }],
    "one key of all": [ANY_A, { operator: "Exists" }],
    "the same for a while": [{ ...ANY_A, tolerationSeconds: 60 }, ANY_A],
    "the same for an unknown while": [{ ...ANY_A, tolerationSeconds: UNKNOWN }, ANY_A],
    "no key, which Kubernetes refuses": [{ effect: "NoSchedule" }, { effect: "NoSchedule" }],
    "an unknown operator": [{ ...A, operator: UNKNOWN }, A],
    "something unknown": [UNKNOWN, A],
};

describe("policy model: scheduling", () => {
    for (const [what, [daemon, pod]] of Object.entries(COVERED)) {
        it(`has pods where the DaemonSet is too when it tolerates ${what}`, () => {
            assert.equal(isBeyond(pod, daemon), false);
            assert.equal(isBeyond(pod, { key: "other", operator: "Exists" }, daemon), false);
            assert.equal(isBeyond(pod), true);
        });
    }

    for (const [what, [daemon, pod]] of Object.entries(BEYOND)) {
        it(`has pods where the DaemonSet isn't when it tolerates ${what}`, () => {
            assert.equal(isBeyond(pod, daemon), true);
        });
    }

    it("gives every DaemonSet some tolerations, and each with one effect only", () => {
        for (const [key, effect] of Object.entries(BY_DEFAULT)) {
            assert.equal(isBeyond({ key, operator: "Exists", effect }), false);
            assert.equal(isBeyond({ key: `${key}-2`, operator: "Exists", effect }), true);
            assert.equal(isBeyond({ key, operator: "Exists" }), true);
        }
        assert.equal(isBeyond({ key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoSchedule" }), true);
        assert.equal(isBeyond({ key: "node.kubernetes.io/network-unavailable", operator: "Exists", effect: "NoSchedule" }), true);
        assert.equal(isBeyond({ effect: UNKNOWN }), true);
    });

    it("keeps pods from no node by what is merely preferred", () => {
        assert.equal(isBeyond({ ...A, effect: "PreferNoSchedule" }), false);
    });

    it("tells which labels the DaemonSet asks of its nodes and the pod doesn't", () => {
        const asks = (...terms: readonly Value[]): Value => ({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [...terms] } } } });
        const term = (...expressions: readonly Value[]): Value => ({ matchExpressions: [...expressions] });
        const [linux, fast] = [{ key: "os", operator: "In", values: ["linux"] }, { key: "disk", operator: "Exists" }];
        const beyond = (pod: Value) => labelsBeyond(at({ nodeSelector: { os: "linux" } }), at(pod));
        const within: readonly Value[] = [{ nodeSelector: { os: "linux", disk: "ssd" } }, asks(term(linux)), asks(term(fast, linux)), asks(term(linux), term(linux, fast))];
        const others: readonly Value[] = [
            term(), term(fast), { matchFields: [linux] }, term({ ...linux, key: "disk" }), term({ ...linux, operator: "NotIn" }), term({ ...linux, values: ["windows"] }),
            term({ ...linux, values: ["linux", "windows"] }), term({ ...linux, values: [] }), term({ ...linux, values: "linux" }), UNKNOWN,
        ];
        const without: readonly Value[] = [{}, { nodeSelector: { os: "windows" } }, { nodeSelector: { disk: "linux" } }, { nodeSelector: UNKNOWN }, asks(), ...others.flatMap((other): Value[] => [asks(other), asks(term(linux), other)])];
        assert.deepEqual(within.flatMap(beyond), []);
        without.forEach((pod) => { assert.deepEqual(beyond(pod), ["os"]); });
        assert.deepEqual(labelsBeyond(at({}), at({})), []);
        assert.equal(labelsBeyond(at({ nodeSelector: UNKNOWN }), at({})), undefined);
    });
});
