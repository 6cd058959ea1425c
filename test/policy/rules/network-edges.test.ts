import assert from "node:assert/strict";
import type { Resource, Value } from "../../../policy/model/resource";
import { networkEdges } from "../../../policy/rules/network-edges";
import { assertNames, change } from "../harness";
import { NARROWED, PEER, PORT, toWiki, WIDENED, wikiIn } from "../network-cases";
import { caller, egress, ingress, javascript, judgeStack, network, pods, policies, policy, posture, profiles, python, tcp, WIKI, withThese, without } from "../network-fixtures";

describe("policy: network-edges", () => {
    it("accepts the good network", () => {
        assert.deepEqual(judgeStack(networkEdges, network), []);
    });

    it("accepts a network with less in it than approved", () => {
        assert.deepEqual(judgeStack(networkEdges, without(...policies)), []);
    });

    for (const [name, [good, path, to]] of Object.entries(NARROWED)) {
        it(`accepts ${name}`, () => {
            assert.deepEqual(judgeStack(networkEdges, withThese(change(good, path, to))), []);
        });
    }

    for (const [name, [good, path, to, at = path]] of Object.entries(WIDENED)) {
        it(`refuses ${name}`, () => {
            const violations = judgeStack(networkEdges, withThese(change(good, path, to)));
            assertNames(violations, at);
            assert.ok(violations.every(({ resource }) => resource?.urn === good.urn), "the policy at fault is named");
        });
    }

    it("names the policy, both ends, the port and what is approved", () => {
        const [violation, ...rest] = judgeStack(networkEdges, withThese(change(toWiki, `${PORT}.port`, 443)));
        assert.deepEqual(rest, []);
        assert.equal(violation?.is, "an opening from orchestrator to wiki on TCP 443 (egress of policy to-wiki)");
        assert.equal(violation.must, "closed, or one of the approved TCP/4451, TCP/4452, TCP/4453");
    });
});

describe("policy: network-edges, across resources", () => {
    it("refuses a policy of the profile loader's namespace that opens something", () => {
        const open = policy("open", { podSelector: {}, policyTypes: ["Egress"], egress: [{}] }, posture.loaderNamespace);
        assertNames(judgeStack(networkEdges, withThese(open)), "spec.egress[0]");
    });

    it("doesn't take a workload elsewhere for the approved one of its name", () => {
        const double = { ...change(caller, "metadata.namespace", posture.loaderNamespace), urn: "double" };
        const open = { ...change(toWiki, "metadata.namespace", posture.loaderNamespace), urn: "open" };
        assertNames(judgeStack(networkEdges, withThese(double, open)), PEER);
    });

    it("doesn't take a workload of another kind for the approved one of its name", () => {
        const daemon = { ...profiles, props: { ...caller.props, kind: "DaemonSet" }, urn: "daemon" };
        assertNames(judgeStack(networkEdges, withThese(daemon)), PEER);
    });

    it("adds up policies: each that opens too much is refused by itself, and nothing else is", () => {
        const out = egress("out", pods("evaluator-javascript"), { podSelector: pods("orchestrator") }, tcp(4974));
        const back = ingress("back", pods("orchestrator"), { podSelector: pods("evaluator-javascript") }, tcp(4974));
        assert.deepEqual(judgeStack(networkEdges, withThese(out, back)).map(({ resource }) => resource?.urn), [out.urn, back.urn]);
        assert.deepEqual(judgeStack(networkEdges, withThese(back)).map(({ resource }) => resource?.urn), [back.urn]);
    });

    it("refuses a patch, which says only a part of what will stand", () => {
        const patch = { ...policy("to-wiki", { podSelector: pods("orchestrator") }), type: "kubernetes:networking.k8s.io/v1:NetworkPolicyPatch" };
        assertNames(judgeStack(networkEdges, [...without(toWiki), patch]), "its type");
    });

    it("reads a policy by its kind too, whatever its type says", () => {
        const disguised = { ...policy("open", { podSelector: {}, policyTypes: ["Egress"], egress: [{}] }), type: "kubernetes:core/v1:ConfigMap" };
        assertNames(judgeStack(networkEdges, withThese(disguised)), "spec.egress[0]");
    });

    it("refuses a workload that no policy isolates", () => {
        const open = judgeStack(networkEdges, network.filter(({ props }) => props["kind"] !== "NetworkPolicy"));
        assert.deepEqual(open.map(({ resource, path }) => `${resource?.name ?? ""}: ${path}`), [profiles, caller, python, javascript].flatMap(({ name }) => ["ingress", "egress"].map((direction) => `${name}: its ${direction}`)));
    });

    it("refuses a workload that only policies about others isolate", () => {
        const bare = network.filter(({ props }) => props["kind"] !== "NetworkPolicy");
        const some = policy("some", { podSelector: pods("orchestrator"), policyTypes: ["Ingress", "Egress"] });
        const open = judgeStack(networkEdges, [...bare, some]).map(({ resource }) => resource?.name);
        assert.deepEqual([...new Set(open)], [profiles, python, javascript].map(({ name }) => name));
    });

    it("says whom it takes a peer for that nobody has approved", () => {
        const said = (peer: Value) => judgeStack(networkEdges, withThese(change(toWiki, PEER, peer)))[0]?.is;
        assert.match(said({ ipBlock: { cidr: "192.0.2.1/32" } }) ?? "", /to addresses of "192\.0\.2\.1\/32" on/);
        assert.match(said({ namespaceSelector: { matchLabels: { tier: "x" } } }) ?? "", /to pods that are no party of the posture on/);
        assert.match(said({ podSelector: pods("nobody") }) ?? "", /to pods that aren't in this stack on/);
        assert.match(judgeStack(networkEdges, withThese(change(toWiki, PEER, { ipBlock: { cidr: "192.0.2.1/32" }, podSelector: {} }))).map(({ is }) => is).join("\n"), /addresses and labels at once/);
    });

    it("knows that a policy without types and egress rules leaves egress open", () => {
        const weak = network.filter(({ props }) => props["kind"] === "NetworkPolicy").map((deny) => change(change(deny, "spec.policyTypes", undefined), "spec.egress", []));
        assertNames(judgeStack(networkEdges, withThese(...weak)), "its egress");
    });
});

describe("policy: network-edges, the floor", () => {
    const out = egress("out", pods("evaluator-python"), WIKI, tcp(4451));

    it("lets no posture approve a way out of the sandbox for an evaluator", () => {
        const edges = [...posture.edges, { from: "evaluator-python", to: "wiki", ports: ["TCP/4451"] }];
        const [violation] = judgeStack(networkEdges, withThese(out), { edges });
        assert.equal(violation?.path, PEER);
        assert.equal(violation.floor, true);
        assert.match(violation.is, /way out of the sandbox for evaluator-python to wiki/);
        assert.match(violation.must, /no posture can approve/);
    });

    it("lets a waiver except other ports between those that the posture knows, and nothing to or from anybody else", () => {
        const isWaivable = (changed: Resource) => judgeStack(networkEdges, withThese(changed)).map(({ floor }) => floor !== true);
        assert.deepEqual(isWaivable(change(toWiki, `${PORT}.port`, 443)), [true]);
        assert.deepEqual(isWaivable(change(toWiki, PEER, {})), [false]);
        assert.deepEqual(isWaivable(change(wikiIn, "spec.ingress[0].from[0]", {})), [false]);
    });

    it("says so where nothing is approved between two ends", () => {
        const [violation] = judgeStack(networkEdges, withThese(change(toWiki, PEER, {})));
        assert.equal(violation?.must, "closed; there is no approved edge between them");
    });

    it("lets a posture approve the same for the orchestrator", () => {
        const edges = [...posture.edges, { from: "orchestrator", to: "wiki", ports: ["TCP/22"] }];
        assert.deepEqual(judgeStack(networkEdges, withThese(egress("out", pods("orchestrator"), WIKI, tcp(22))), { edges }), []);
    });

    it("takes the profile loader for outside", () => {
        const toLoader = egress("out", pods("evaluator-python"), { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": posture.loaderNamespace } } }, tcp(4451));
        const [violation] = judgeStack(networkEdges, withThese(toLoader));
        assert.match(violation?.is ?? "", /way out of the sandbox for evaluator-python to DaemonSet/);
    });

    it("takes an address for outside, even the loopback's", () => {
        const edges = [...posture.edges, { from: "evaluator-python", to: "self", ports: ["TCP/4451"] }];
        const parties = { ...posture.parties, self: { cidr: "127.0.0.1/32" } };
        assertNames(judgeStack(networkEdges, withThese(egress("out", pods("evaluator-python"), { ipBlock: { cidr: "127.0.0.1/32" } }, tcp(4451))), { edges, parties }), PEER);
    });
});
