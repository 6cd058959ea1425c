import assert from "node:assert/strict";
import { UNKNOWN, type Resource, type Value } from "../../../policy/model/resource";
import type { Violation } from "../../../policy/model/violation";
import { serviceTargets } from "../../../policy/rules/service-targets";
import { clusterService } from "../fixtures";
import { assertNames, change } from "../harness";
import { caller, judgeStack, LABELS, PORTS, posture, python, withThese } from "../network-fixtures";

const INSTANCE = "app.kubernetes.io/instance";
const good = change(change(clusterService, "spec.selector", { [INSTANCE]: "evaluator-python" }), "spec.ports", [{ name: "http", port: 6927, targetPort: "http", protocol: "TCP" }]);
const PORT = "spec.ports[0]";

const SAME: Readonly<Record<string, readonly [path: string, to: Value]>> = {
    "a target port by its number": [`${PORT}.targetPort`, 6927],
    "no target port": [`${PORT}.targetPort`, undefined],
    "null for a target port": [`${PORT}.targetPort`, null],
    "no protocol": [`${PORT}.protocol`, undefined],
    "a port of its own": [`${PORT}.port`, 80],
    "more labels": ["spec.selector", { [INSTANCE]: "evaluator-python", "app.kubernetes.io/component": "evaluator" }],
    "no address of its own": ["spec.clusterIP", "None"],
};

const ASTRAY: Readonly<Record<string, readonly [path: string, to: Value, at?: string]>> = {
    "the pods of another workload": [`spec.selector["${INSTANCE}"]`, "orchestrator", "spec.selector"],
    "the pods of both evaluators": ["spec.selector", { "app.kubernetes.io/component": "evaluator" }],
    "all pods": ["spec.selector", {}],
    "all pods, for want of a selector": ["spec.selector", undefined],
    "nobody's pods": ["spec.selector", { a: "b" }],
    "pods by a label that a controller writes": ["spec.selector", { "pod-template-hash": "5d4f8c" }],
    "pods that are unknown": ["spec.selector", UNKNOWN],
    "pods by a label that is unknown": [`spec.selector["${INSTANCE}"]`, UNKNOWN],
    "pods in another namespace": ["metadata.namespace", posture.loaderNamespace, "spec.selector"],
    "pods in a namespace that is unknown": ["metadata.namespace", UNKNOWN, "spec.selector"],
    "pods of another's name": ["metadata.name", "orchestrator", "spec.selector"],
    "pods of a name that is unknown": ["metadata.name", UNKNOWN, "spec.selector"],
    "the metrics": [`${PORT}.targetPort`, "metrics"],
    "the metrics by number": [`${PORT}.targetPort`, 9090],
    "a number in a text": [`${PORT}.targetPort`, "6927"],
    "a port that nobody listens on": [`${PORT}.targetPort`, "other"],
    "a port that is unknown": [`${PORT}.targetPort`, UNKNOWN],
    "another protocol": [`${PORT}.protocol`, "UDP", `${PORT}.targetPort`],
    "a protocol that is unknown": [`${PORT}.protocol`, UNKNOWN, `${PORT}.targetPort`],
    "a second port": ["spec.ports[1]", { port: 9090 }, "spec.ports[1].port"],
    "ports that are unknown": ["spec.ports", UNKNOWN, "spec.ports[?].targetPort"],
};

describe("policy: service-targets", () => {
    it("judges a Service whatever its kind says", () => {
        assertNames(judgeStack(serviceTargets, withThese(change(change(good, "kind", undefined), "spec.selector", {}))), "spec.selector");
    });

    it("names the pods that it leads astray to, if there are any", () => {
        const said = (selector: Value) => judgeStack(serviceTargets, withThese(change(good, "spec.selector", selector)))[0]?.is;
        assert.equal(said({ [INSTANCE]: "orchestrator" }), "a selector of orchestrator");
        assert.equal(said({ a: "b" }), "a selector of no workload of this stack");
    });

    const crowd = (count: number): Resource[] => Array.from({ length: count }, (_, index) => ({ ...change(python, "metadata.name", `w${String(index)}`), name: `w${String(index)}`, urn: `${python.urn}-${String(index)}` }));
    const among = (count: number): Violation[] => judgeStack(serviceTargets, [...crowd(count), good]);
    const names = (count: number): string => Array.from({ length: count }, (_, index) => `Deployment wikifunctions/w${String(index)}`).join(", ");

    it("names ten of the pods that it leads astray to, and how many more there are", () => {
        assert.deepEqual([10, 12].map((count) => among(count)[0]?.is), [`a selector of ${names(10)}`, `a selector of ${names(10)} and 2 more`]);
    });

    it("tells the ports of ten of them", () => {
        const ports = (count: number): number => among(count).filter(({ path }) => path.startsWith(PORT)).length;
        assert.deepEqual([ports(1), ports(10), ports(12)], [1, 10, 10]);
    });

    it("says where no port has the name", () => {
        const named = change(good, PORT, { port: 80, targetPort: "http", protocol: "SCTP" });
        assert.deepEqual(judgeStack(serviceTargets, withThese(named)).map(({ is }) => is), ["no port of that name and protocol of evaluator-python"]);
    });

    it("accepts the good Service", () => {
        assert.deepEqual(judgeStack(serviceTargets, withThese(good)), []);
    });

    for (const [name, [path, to]] of Object.entries(SAME)) {
        it(`accepts a Service with ${name}`, () => {
            assert.deepEqual(judgeStack(serviceTargets, withThese(change(good, path, to))), []);
        });
    }

    for (const [name, [path, to, at = path]] of Object.entries(ASTRAY)) {
        it(`refuses a Service that leads to ${name}`, () => {
            const violations = judgeStack(serviceTargets, withThese(change(good, path, to)));
            assertNames(violations, at);
            assert.ok(violations.every(({ resource }) => resource?.urn === good.urn));
        });
    }

    it("accepts the metrics where the posture has an edge to them", () => {
        const edges = [...posture.edges, { from: "dns", to: "evaluator-python", ports: ["TCP/9090"] }];
        assert.deepEqual(judgeStack(serviceTargets, withThese(change(good, `${PORT}.targetPort`, "metrics")), { edges }), []);
    });

    it("refuses what edits of other workloads make of a Service", () => {
        assertNames(judgeStack(serviceTargets, withThese(good, change(caller, `${LABELS}["${INSTANCE}"]`, "evaluator-python"))), "spec.selector");
        assertNames(judgeStack(serviceTargets, withThese(good, change(python, `${PORTS}[0].containerPort`, 9999))), `${PORT}.targetPort`);
        assertNames(judgeStack(serviceTargets, withThese(good, { ...change(python, "kind", "StatefulSet"), urn: "other" })), "spec.selector");
    });

    it("reads a Service by its kind too, whatever its type says", () => {
        assertNames(judgeStack(serviceTargets, withThese({ ...change(good, "spec.selector", {}), type: "kubernetes:core/v1:ConfigMap" })), "spec.selector");
    });
});
