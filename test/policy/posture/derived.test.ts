import assert from "node:assert/strict";
import type { Resource, Value } from "../../../policy/model/resource";
import { derivedFrom } from "../../../policy/posture/derived";
import * as fixtures from "../fixtures";
import { change } from "../harness";
import { caller as orchestrator, egress, ingress, pods, python, tcp } from "../network-fixtures";

const file = fixtures.posture;
const ROLE = 'spec.template.metadata.labels["app.kubernetes.io/component"]';

const servicesOf = (...objects: readonly Resource[]): object => derivedFrom(objects, file).services;
const edgesOf = (...policies: readonly Resource[]): object => derivedFrom([orchestrator, python, ...policies], file).edges;

describe("policy: what follows from the approved objects", () => {
    it("are the services, with the runtimes that they need at least", () => {
        assert.deepEqual(servicesOf(orchestrator, python), { orchestrator: { role: "orchestrator" }, "evaluator-python": { role: "evaluator" } });
        const { services } = derivedFrom([python], { ...file, minRuntimeClasses: { "evaluator-python": "gvisor" } });
        assert.deepEqual(services, { "evaluator-python": { role: "evaluator", minRuntimeClass: "gvisor" } });
    });

    const STRANGERS: Readonly<Record<string, readonly [path: string, to: Value]>> = {
        "another namespace": ["metadata.namespace", "elsewhere"],
        "no name": ["metadata.name", undefined],
        "another role": [ROLE, "loader"],
        "no role": [ROLE, undefined],
    };
    for (const [what, [path, to]] of Object.entries(STRANGERS)) {
        it(`is no service with ${what}`, () => { assert.deepEqual(servicesOf(change(python, path, to)), {}); });
    }

    it("is no service of another kind", () => {
        assert.deepEqual(servicesOf({ ...change(python, "kind", "StatefulSet"), type: "kubernetes:apps/v1:StatefulSet" }), {});
    });

    it("are the connections that policies at either end open, port by port, each once", () => {
        const policies = [egress("out", pods("orchestrator"), { podSelector: pods("evaluator-python") }, tcp(80), tcp(90)), ingress("in", pods("evaluator-python"), { podSelector: pods("orchestrator") }, tcp(80))];
        assert.deepEqual(edgesOf(...policies), [{ from: "orchestrator", to: "evaluator-python", ports: ["TCP/80", "TCP/90"] }]);
    });

    it("are ranges of ports one by one up to a length, and longer ones as a whole", () => {
        const opened = (endPort: number): object => edgesOf(egress("out", pods("orchestrator"), { podSelector: pods("evaluator-python") }, { protocol: "TCP", port: 1, endPort }));
        assert.deepEqual(opened(32), [{ from: "orchestrator", to: "evaluator-python", ports: Array.from({ length: 32 }, (_, index) => `TCP/${String(index + 1)}`) }]);
        assert.deepEqual(opened(33), [{ from: "orchestrator", to: "evaluator-python", ports: ["TCP 1 to 33"] }]);
    });

    it("are all ports where a policy names none", () => {
        assert.deepEqual(edgesOf(egress("out", pods("orchestrator"), { podSelector: pods("evaluator-python") })), [{ from: "orchestrator", to: "evaluator-python", ports: ["every port"] }]);
    });

    it("is no connection to somebody who has no name here", () => {
        assert.deepEqual(edgesOf(egress("out", pods("orchestrator"), { ipBlock: { cidr: "198.51.100.0/24" } }, tcp(80))), []);
    });
});
