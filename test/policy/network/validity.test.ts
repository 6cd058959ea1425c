import assert from "node:assert/strict";
import { invalidInNamespace, invalidInPods, invalidInPolicy } from "../../../policy/model/network/validity";
import { podsOf } from "../../../policy/model/pod";
import { entries, isObject, members, type Field } from "../../../policy/model/read";
import { MALFORMED, UNKNOWN, type Value } from "../../../policy/model/resource";
import { change } from "../harness";
import { LABELS, policy, python, sandbox } from "../network-fixtures";

const selector: Value = { matchLabels: { a: "x", "b.c/d": "y" }, matchExpressions: [{ key: "a", operator: "In", values: ["x", "y"] }, { key: "b", operator: "Exists" }] };
const ports: Value = [{ protocol: "TCP", port: 80, endPort: 90 }, { protocol: "UDP", port: "dns" }];
const peers: Value = [{ podSelector: selector, namespaceSelector: selector }, { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }];

/** A policy with every field that there is. */
const full = policy("full", { podSelector: selector, policyTypes: ["Ingress", "Egress"], ingress: [{ from: peers, ports }], egress: [{ to: peers, ports }] });

/** Every field at or below one, by path. */
function below(at: Field): Field[] {
    const inner = Array.isArray(at.value) ? entries(at) : isObject(at.value) ? members(at) : [];
    return [at, ...inner.flatMap(below)];
}

const fields = below({ path: "spec", value: full.props["spec"] });

/** What isn't the type that stands there; null only where nothing may be left out. */
function wrongTypes(value: Value): Value[] {
    const others: Value[] = [UNKNOWN, MALFORMED, true, ...(typeof value === "number" ? ["80", 0, 65_536, 1.5, NaN] : [1.5])];
    return [...others, ...(Array.isArray(value) ? [{}, "a"] : isObject(value) ? [[], "a"] : [[], {}])];
}

describe("policy model: a NetworkPolicy's fields", () => {
    it("are valid in one that has them all", () => {
        assert.deepEqual(invalidInPolicy(full), []);
        assert.ok(fields.length > 80);
    });

    it("have any of the four operators", () => {
        for (const operator of ["In", "NotIn", "Exists", "DoesNotExist"]) {
            assert.deepEqual(invalidInPolicy(change(full, "spec.podSelector.matchExpressions[0].operator", operator)), []);
        }
        assert.equal(invalidInPolicy(change(full, "spec.podSelector.matchExpressions[0].operator", "Gt")).length, 1);
    });

    it("are found wherever one is unknown or of the wrong type", () => {
        for (const { path, value } of fields) {
            for (const wrong of wrongTypes(value)) {
                const found = invalidInPolicy(change(full, path, wrong));
                assert.deepEqual(found.map((field) => field.path), [path], `${path} as ${String(wrong)}`);
                assert.ok(found.every(({ is, must }) => is !== "" && must !== "" && must !== "undefined"), `${path}: ${JSON.stringify(found)}`);
            }
        }
    });

    it("are found wherever there is one that Kubernetes doesn't have", () => {
        for (const { path, value } of fields.filter((field) => isObject(field.value) && !field.path.endsWith("matchLabels"))) {
            const found = invalidInPolicy(change(full, path, { ...(value as { [key: string]: Value }), other: 1 }));
            assert.deepEqual(found.map((field) => field.path), [`${path}.other`]);
        }
    });

    it("may be null where they may be left out, as Kubernetes reads null", () => {
        const optional = fields.filter(({ path }) => !/\]$|matchLabels[.[]|\.(key|operator|cidr)$/.test(path));
        assert.ok(optional.length > 40);
        assert.deepEqual(optional.filter(({ path }) => invalidInPolicy(change(full, path, null)).length > 0), []);
    });

    it("have to say name and namespace", () => {
        for (const path of ["metadata", "metadata.name", "metadata.namespace"]) {
            for (const wrong of [UNKNOWN, MALFORMED, undefined, null, 1] as Value[]) {
                assert.deepEqual(invalidInPolicy(change(full, path, wrong)).map((field) => field.path), [path]);
            }
        }
    });

    it("are told apart from what they must be, in words", () => {
        assert.deepEqual(invalidInPolicy(change(change(full, "spec.egress[0].to[1].ipBlock.cidr", "any"), "spec.ingress[0].ports[0].protocol", "ICMP")), [
            { path: "spec.ingress[0].ports[0].protocol", is: "a text that is not repeated here, as it may be a secret", must: "TCP or UDP or SCTP" },
            { path: "spec.egress[0].to[1].ipBlock.cidr", is: "a text that is not repeated here, as it may be a secret", must: "a block of addresses such as 10.2.3.0/24 or 2001:db8::/32" },
        ]);
    });
});

describe("policy model: what selectors go by", () => {
    it("is found in a namespace wherever it is unknown or of the wrong type", () => {
        assert.deepEqual(invalidInNamespace(sandbox), []);
        for (const path of ["metadata.name", "metadata.labels", "metadata.labels.tier"]) {
            for (const wrong of [UNKNOWN, MALFORMED, 1, []] as Value[]) {
                assert.deepEqual(invalidInNamespace(change(sandbox, path, wrong)).map((field) => field.path), [path]);
            }
        }
    });

    it("is found in a workload wherever it is unknown or of the wrong type", () => {
        for (const path of ["metadata.name", "metadata.namespace", LABELS, `${LABELS}.app`]) {
            for (const wrong of [undefined, UNKNOWN, MALFORMED, 1, []] as Value[]) {
                const pods = podsOf(change(python, path, wrong)) ?? assert.fail();
                assert.deepEqual(invalidInPods(pods).map((field) => field.path), wrong === undefined && path.startsWith(LABELS) ? [] : [path]);
            }
        }
    });
});
