import assert from "node:assert/strict";
import { reachable } from "../../../../policy/posture/network/reachable";
import { policyName } from "../../../../policy/model/network/policy";
import { portsInWords } from "../../../../policy/model/network/ports";
import { UNKNOWN, type Resource, type Value } from "../../../../policy/model/resource";
import { stackOf } from "../../../../policy/model/stack";
import { MOST_CONNECTIONS } from "../../../../policy/posture/network/graph";
import { networkEdges } from "../../../../policy/rules/network-edges";
import { change, POD } from "../../harness";
import { caller, denies, egress, ingress, judgeStack, network, pods, policies, policy, posture, python as pythonPods, tcp, without } from "../../network-fixtures";

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

    const python = pods("evaluator-python");
    const web = pods("orchestrator");
    const block = (cidr: Value, except?: Value): Value => ({ ipBlock: { cidr, ...(except === undefined ? {} : { except }) } });
    const pairs = (resources: readonly Resource[]): string[] => drawn(resources).filter((line) => line.startsWith("evaluator-python → orchestrator:"));

    /** Blocks in which pods may have their addresses, those of parties and exceptions taken out. */
    const BLOCKS: Readonly<Record<string, readonly [block: Value, mayBePods: boolean]>> = {
        "everything": [block("0.0.0.0/0"), true],
        "everything of IPv6": [block("::/0"), true],
        "a private range": [block("10.128.0.0/9"), true],
        "a private range but for a part": [block("10.0.0.0/8", ["10.0.0.0/9"]), true],
        "one address of a private range": [block("10.1.2.3/32"), true],
        "all but some private ranges": [block("0.0.0.0/0", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]), true],
        "exceptions that can't be read": [block("10.128.0.0/9", ["010.128.0.0/9"]), true],
        "a block that can't be read": [block("x"), true],
        "all but private ranges": [block("0.0.0.0/0", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"]), false],
        "a private range but for all of it": [block("10.0.0.0/8", ["10.0.0.0/9", "10.128.0.0/9"]), false],
        "a private range but for a party": [block("10.2.0.0/15", ["10.3.0.0/16"]), false],
        "public addresses": [block("198.51.100.0/24"), false],
        "a party's addresses": [block("10.2.3.0/24"), false],
    };
    for (const [name, [addresses, mayBePods]] of Object.entries(BLOCKS)) {
        it(`${mayBePods ? "may be" : "isn't"} a pod by ${name}, either way, where the pod allows it`, () => {
            const [byAddress, atAddress] = [egress("by-address", python, addresses, tcp(80)), ingress("at-address", web, addresses, tcp(80))];
            assert.deepEqual(pairs([...bare, byAddress, into, ingress("in", web, { podSelector: python }, tcp(80))]), mayBePods ? ["evaluator-python → orchestrator: TCP 80 [in, by-address]"] : []);
            assert.deepEqual(pairs([...bare, out, atAddress]), mayBePods ? ["evaluator-python → orchestrator: TCP 80 [out, at-address]"] : []);
            assert.deepEqual(pairs([...bare, byAddress, atAddress]), mayBePods ? ["evaluator-python → orchestrator: TCP 80 [by-address, at-address]"] : []);
            assert.deepEqual(pairs([...bare, byAddress]), []);
        });
    }

    it("is between pods and addresses by the word of each for itself", () => {
        const [here, there] = [egress("here", python, block("10.64.0.0/10"), tcp(80)), egress("there", web, block("10.128.0.0/9"), tcp(80))];
        assert.deepEqual(drawn([...bare, here, there]), [
            'evaluator-python → addresses of "10.64.0.0/10": TCP 80 [here]', 'orchestrator → addresses of "10.128.0.0/9": TCP 80 [there]',
        ]);
    });

    it("isn't a pod by addresses that pods may have at one end alone", () => {
        assert.deepEqual(pairs([...bare, egress("out", python, block("198.51.100.0/24"), tcp(80)), ingress("in", web, block("10.128.0.0/9"), tcp(80))]), []);
        assert.deepEqual(pairs([...bare, egress("out", python, block("10.128.0.0/9"), tcp(80)), ingress("in", web, block("198.51.100.0/24"), tcp(80))]), []);
    });

    it("tells ranges of ports apart", () => {
        const range = (port: number, endPort: number): Value => ({ protocol: "TCP", port, endPort });
        const ports = drawn([...bare, egress("out", python, block("198.51.100.0/24"), range(1, 123), range(11, 23))]).map((line) => line.split(": ")[1]);
        assert.deepEqual(ports, ["TCP 1 to 123 [out]", "TCP 11 to 23 [out]"]);
    });

    it("names what a block leaves out, and is a party's where what is left is", () => {
        const of = (except: Value): string[] => drawn([...bare, egress("by-address", web, block("10.2.0.0/15", except), tcp(80))]);
        assert.deepEqual(of(["10.3.0.0/16"]), ["orchestrator → cache: TCP 80 [by-address]"]);
        assert.deepEqual(of(["10.3.0.0/17"]), ['orchestrator → addresses of "10.2.0.0/15" without "10.3.0.0/17": TCP 80 [by-address]']);
        assert.deepEqual(of(["10.3.0.0/17", "10.3.128.0/18"]), ['orchestrator → addresses of "10.2.0.0/15" without "10.3.0.0/17" and 1 more: TCP 80 [by-address]']);
    });

    const PODS: readonly (readonly [name: string, hostNetwork: Value, isOutside: boolean])[] = [["on the network of their node", true, true], ["that may be there", UNKNOWN, true], ["that aren't", false, false]];
    for (const [name, hostNetwork, isOutside] of PODS) {
        it(`is ${isOutside ? "everything" : "nothing"}, both ways, for pods ${name}, whatever selects them`, () => {
            const resources = [...bare.map((resource) => (resource === caller ? change(resource, `${POD}.hostNetwork`, hostNetwork) : resource)), out];
            assert.deepEqual(drawn(resources), isOutside ? [
                "evaluator-python → orchestrator: TCP 80 [out]",
                "evaluator-python → orchestrator: TCP 90 [out]",
                "anybody → orchestrator: every port []",
                "orchestrator → anybody: every port []",
            ] : []);
            const words = judgeStack(networkEdges, resources).filter(({ path }) => path === "its ingress").map(({ is, floor }) => [is.includes("network of their node"), floor]);
            assert.deepEqual(words, isOutside ? [[true, true]] : []);
        });
    }

    describe("where policies open everything to everybody", () => {
        const workloads = (count: number): Resource[] => Array.from({ length: count }, (_, index) => ({ ...change(pythonPods, "metadata.name", `w${String(index)}`), name: `w${String(index)}`, urn: `${pythonPods.urn}-${String(index)}` }));
        const opened = (count: number): Resource[] => [...denies, ...workloads(count), egress("all-out", {}, { podSelector: {} }), ingress("all-in", {}, { podSelector: {} })];
        const tooMany = (resources: readonly Resource[]) => judgeStack(networkEdges, resources).filter(({ path }) => path === "what its NetworkPolicies open").map(({ floor }) => floor);

        it("stops at a bound, says so, and never passes", () => {
            const { connections, isWhole } = reachable(stackOf(opened(330)), posture);
            assert.ok(!isWhole && connections.length <= MOST_CONNECTIONS);
            assert.deepEqual(tooMany(opened(330)), [true]);
        });

        it("tells all within it", () => {
            const { connections, isWhole } = reachable(stackOf(opened(30)), posture);
            assert.deepEqual([connections.length, isWhole], [900, true]);
            assert.deepEqual(tooMany(opened(30)), []);
        });
    });
});
