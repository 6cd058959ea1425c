import assert from "node:assert/strict";
import { isDefaultDeny, isolates, networkPoliciesOf, openingsOf, policyName } from "../../../policy/model/network/policy";
import { UNKNOWN, type Value } from "../../../policy/model/resource";
import { stackOf } from "../../../policy/model/stack";
import { change } from "../harness";
import { policy, WIKI } from "../network-fixtures";

const NOTHING = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

describe("policy model: a NetworkPolicy", () => {
    it("is one by its type or by what it says it is, patches included", () => {
        const made = policy("a", NOTHING);
        const others = [change(made, "kind", undefined), { ...made, type: "kubernetes:core/v1:ConfigMap" }, { ...made, type: `${made.type}Patch` }];
        assert.equal(networkPoliciesOf(stackOf([made, ...others])).length, 4);
        assert.equal(networkPoliciesOf(stackOf([change({ ...made, type: "kubernetes:core/v1:ConfigMap" }, "kind", "ConfigMap")])).length, 0);
    });

    /** By the API reference: left out, the types are Ingress, and Egress where there are egress rules. */
    const ISOLATES: Readonly<Record<string, readonly [spec: Record<string, Value>, directions: readonly string[]]>> = {
        "what its types say": [{ policyTypes: ["Egress"] }, ["egress"]],
        "both directions, by both types": [{ policyTypes: ["Egress", "Ingress"] }, ["ingress", "egress"]],
        "ingress, by no type": [{}, ["ingress"]],
        "ingress, by an empty list of types": [{ policyTypes: [], egress: [] }, ["ingress"]],
        "egress too, by no type and a rule": [{ egress: [{}] }, ["ingress", "egress"]],
        "ingress alone, whatever its rules, by its type": [{ policyTypes: ["Ingress"], egress: [{}] }, ["ingress"]],
        "nothing, by types that are unknown": [{ policyTypes: UNKNOWN }, []],
    };
    for (const [what, [spec, directions]] of Object.entries(ISOLATES)) {
        it(`isolates ${what}`, () => {
            assert.deepEqual(isolates(policy("a", { podSelector: {}, ...spec })), directions);
        });
    }

    it("opens each peer of each rule, everybody where there is none, and all ports where there are none", () => {
        const opened = openingsOf(policy("a", { ...NOTHING, ingress: [{ from: [WIKI, WIKI], ports: [{ port: 80 }] }], egress: [{}] }));
        assert.deepEqual(opened.map(({ direction, peer, ports, rule }) => [direction, peer?.path, ports?.map(({ path }) => path), rule.path]), [
            ["ingress", "spec.ingress[0].from[0]", ["spec.ingress[0].ports[0]"], "spec.ingress[0]"],
            ["ingress", "spec.ingress[0].from[1]", ["spec.ingress[0].ports[0]"], "spec.ingress[0]"],
            ["egress", undefined, undefined, "spec.egress[0]"],
        ]);
    });

    it("denies by default as a whole, and never as a patch or as another group's kind", () => {
        const deny = policy("a", NOTHING);
        assert.equal(isDefaultDeny(deny), true);
        assert.equal(isDefaultDeny({ ...deny, type: `${deny.type}Patch` }), false);
        assert.equal(isDefaultDeny({ ...deny, type: "kubernetes:crd.projectcalico.org/v1:NetworkPolicy" }), false);
    });

    it("is called by its name in the cluster, or by its logical one where that isn't known", () => {
        assert.equal(policyName(policy("a", NOTHING)), "a");
        assert.equal(policyName(change(policy("a", NOTHING), "metadata.name", UNKNOWN)), "wikifunctions-a");
    });
});
