import assert from "node:assert/strict";
import { reachable } from "../../../../policy/posture/network/reachable";
import { policyName } from "../../../../policy/model/network/policy";
import { portsInWords } from "../../../../policy/model/network/ports";
import type { Resource } from "../../../../policy/model/resource";
import { stackOf } from "../../../../policy/model/stack";
import { change } from "../../harness";
import { denies, egress, ingress, network, pods, policies, policy, posture, tcp, without } from "../../network-fixtures";

/** `from → to: ports [policies]`, a line for each connection. */
function drawn(resources: readonly Resource[]): string[] {
    return reachable(stackOf(resources), posture).connections.map(({ from, to, ports, policies: by }) => `${from.name} → ${to.name}: ${portsInWords(ports)} [${by.map(policyName).join(", ")}]`);
}

const bare = without(...policies);
const out = egress("out", pods("evaluator-python"), { podSelector: pods("orchestrator") }, tcp(80), tcp(90));
const into = ingress("into", pods("orchestrator"), { podSelector: {} }, { protocol: "TCP", port: 85, endPort: 95 });

describe("policy model: what is reachable", () => {
    it("is in the good network what the posture approves", () => {
        assert.deepEqual(drawn(network), [
            "wiki → orchestrator: TCP 6254 [wiki-in]",
            "orchestrator → evaluator-python: TCP 6927 [to-evaluator-python, at-evaluator-python]",
            "orchestrator → evaluator-javascript: TCP 6927 [to-evaluator-javascript, at-evaluator-javascript]",
            "evaluator-python → orchestrator: TCP 4974 [callback-out, callback-in]",
            "orchestrator → wiki: TCP 4451 [to-wiki]",
            "orchestrator → dns: UDP 53 [to-dns]",
            "orchestrator → dns: TCP 53 [to-dns]",
            "orchestrator → cache: TCP 11211 [to-cache]",
            "orchestrator → mirror: TCP 443 [to-mirror]",
        ]);
    });

    it("is nothing where everything is denied", () => {
        assert.deepEqual(drawn(bare), []);
    });

    it("is nothing within the stack by one end's leave alone", () => {
        assert.deepEqual(drawn([...bare, out]), []);
        assert.deepEqual(drawn([...bare, into]), []);
    });

    it("is nothing by leave to go to somebody else, on the same port", () => {
        const elsewhere = egress("elsewhere", pods("evaluator-python"), { ipBlock: { cidr: "192.0.2.0/24" } }, tcp(90));
        assert.deepEqual(drawn([...bare, elsewhere, into]), ['evaluator-python → addresses of "192.0.2.0/24": TCP 90 [elsewhere]']);
    });

    it("is what both ends allow, on the ports that both allow", () => {
        assert.deepEqual(drawn([...bare, out, into]), ["evaluator-python → orchestrator: TCP 90 [out, into]"]);
    });

    it("is what one end allows where the other is open to everybody", () => {
        const all = policy("all", { podSelector: pods("orchestrator"), policyTypes: ["Ingress"], ingress: [{}] });
        assert.ok(drawn([...bare, out, all]).includes("evaluator-python → orchestrator: TCP 80 [out, all]"));
        const anywhere = policy("anywhere", { podSelector: pods("evaluator-python"), policyTypes: ["Egress"], egress: [{}] });
        assert.ok(drawn([...bare, into, anywhere]).includes("evaluator-python → orchestrator: TCP 85 to 95 [into, anywhere]"));
    });

    it("is everything, both ways, for pods that no policy isolates", () => {
        const [deny] = denies;
        const ingressOnly = change(deny, "spec.policyTypes", ["Ingress"]);
        const open = drawn([...bare.filter((resource) => resource !== deny), ingressOnly]);
        assert.deepEqual(open, ["orchestrator", "evaluator-python", "evaluator-javascript"].map((name) => `${name} → anybody: every port []`));
        assert.ok(drawn(bare.filter((resource) => resource !== deny)).includes("anybody → evaluator-python: every port []"));
        assert.ok(drawn([...bare.filter((resource) => resource !== deny), ingressOnly, into]).includes("evaluator-javascript → orchestrator: TCP 85 to 95 [into]"));
    });
});
