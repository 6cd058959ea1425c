import assert from "node:assert/strict";
import type { Edge } from "../../../infra/network/edges";
import { edges } from "../../../infra/network/edges";
import { policiesOf } from "../../../infra/network/policies";
import { configOf, valuesOf } from "../support/stacks";

const orchestrator = { name: "orchestrator", labels: { "app.kubernetes.io/instance": "orchestrator" } };
const evaluator = { name: "evaluator-lua", labels: { "app.kubernetes.io/instance": "evaluator-lua" } };
const pods = { name: "wiki", peer: { namespaceSelector: { a: "b" }, podSelector: { c: "d" } } };
const range = { name: "cache", peer: { cidr: "10.2.3.4/32" } };
const ports: Edge["ports"] = [{ port: 4451, protocol: "TCP" }];

describe("the policies of an edge", () => {
    it("between two workloads open both ends, and only to each other", () => {
        assert.deepEqual(policiesOf({ from: orchestrator, to: evaluator, ports }), [
            {
                name: "orchestrator-to-evaluator-lua-egress",
                spec: { podSelector: { matchLabels: orchestrator.labels }, policyTypes: ["Egress"], egress: [{ to: [{ podSelector: { matchLabels: evaluator.labels } }], ports }] },
            },
            {
                name: "orchestrator-to-evaluator-lua-ingress",
                spec: { podSelector: { matchLabels: evaluator.labels }, policyTypes: ["Ingress"], ingress: [{ from: [{ podSelector: { matchLabels: orchestrator.labels } }], ports }] },
            },
        ]);
    });

    it("to pods elsewhere is a way out, by namespace and pod together", () => {
        assert.deepEqual(policiesOf({ from: orchestrator, to: pods, ports }), [{
            name: "orchestrator-to-wiki-egress",
            spec: {
                podSelector: { matchLabels: orchestrator.labels },
                policyTypes: ["Egress"],
                egress: [{ to: [{ namespaceSelector: { matchLabels: { a: "b" } }, podSelector: { matchLabels: { c: "d" } } }], ports }],
            },
        }]);
    });

    it("from an address range is a way in", () => {
        assert.deepEqual(policiesOf({ from: range, to: orchestrator, ports }), [{
            name: "cache-to-orchestrator-ingress",
            spec: { podSelector: { matchLabels: orchestrator.labels }, policyTypes: ["Ingress"], ingress: [{ from: [{ ipBlock: { cidr: "10.2.3.4/32" } }], ports }] },
        }]);
    });

    for (const stack of ["local", "staging", "production"] as const) {
        it(`in ${stack} have no rule that means everyone or every port, and names of their own`, () => {
            const policies = edges(configOf(valuesOf(stack))).flatMap(policiesOf);
            assert.equal(new Set(policies.map(({ name }) => name)).size, policies.length);
            for (const { name, spec } of policies) {
                const text = JSON.stringify(spec);
                assert.ok(!/\{\}|\[\]|null/.test(text), `${name}: ${text}`);
            }
        });
    }
});
