import assert from "node:assert/strict";
import type { Resource, Value } from "../../../../policy/model/resource";
import { differencesOf } from "../../../../policy/posture/approved/differences";
import { APPROVED, edited, genuine, plus } from "../../apparmor/texts";
import * as fixtures from "../../fixtures";
import { goodPosture as posture, defaultDeny, wayOut } from "../../good-stack";
import { change } from "../../harness";

const policy = fixtures.admissionPolicies[1] as Resource;
const PLAIN = "wikifunctions-evaluator-python";

/** A ConfigMap of profiles: texts by plain name, each under the name that its hash gives it. */
function mapOf(texts: Readonly<Record<string, string>>, namespace = posture.loaderNamespace): Resource {
    return dataIn(Object.fromEntries(Object.entries(texts).map(([plain, text]) => genuine(plain, text))), namespace);
}

function dataIn(data: Value, namespace = posture.loaderNamespace): Resource {
    return fixtures.resource("kubernetes:core/v1:ConfigMap", "profiles", { kind: "ConfigMap", metadata: { name: "profiles", namespace }, data });
}

const OTHER = "wikifunctions-x";
const of = (name: string, text: string): string => text.replace(PLAIN, name);

const approvedMap = dataIn({ [PLAIN]: APPROVED });
const rules = (...edits: readonly [string, Value][]): Resource => edits.reduce((made, [at, to]) => change(made, at, to), wayOut);

const CLAIMS = { type: "PersistentVolumeClaim", max: { storage: "1" } };
const limits = (...entries: readonly Value[]): Resource => fixtures.resource("kubernetes:core/v1:LimitRange", "x", { kind: "LimitRange", spec: { limits: [{ type: "Pod", max: { cpu: "1" } }, ...entries] } });

/** By what is compared: the approved object, the one now, and all that is found: its verdict, and words of what is demanded. */
const CASES: Readonly<Record<string, readonly [approved: Resource, now: Resource, verdict?: string, must?: string]>> = {
    "a NetworkPolicy as approved": [wayOut, structuredClone(wayOut)],
    "a NetworkPolicy in which the same is said otherwise": [wayOut, rules(["spec.egress[1]", wayOut.props["spec"] && (wayOut.props["spec"] as { egress: Value[] }).egress[0]]), "tighter"],
    "a NetworkPolicy that opens nothing": [wayOut, rules(["spec.egress", []]), "tighter"],
    "a NetworkPolicy that opens more": [wayOut, rules(["spec.egress[0].ports[0].port", 80]), "looser", "a list of 1"],
    "a NetworkPolicy that denies all, in another order": [defaultDeny, change(defaultDeny, "spec.policyTypes", ["Egress", "Ingress"]), "tighter"],
    "a NetworkPolicy that denies all, and opens something approved": [defaultDeny, { ...wayOut, props: { ...defaultDeny.props, spec: wayOut.props["spec"] } }, "looser"],

    "profiles as approved": [approvedMap, mapOf({ [PLAIN]: APPROVED })],
    "a profile that denies more": [approvedMap, mapOf({ [PLAIN]: plus("deny /etc/hosts r,") }), "tighter"],
    "one of two profiles that denies more": [
        mapOf({ [PLAIN]: APPROVED, [OTHER]: of(OTHER, APPROVED) }), mapOf({ [PLAIN]: plus("deny /etc/hosts r,"), [OTHER]: of(OTHER, APPROVED) }), "tighter",
    ],
    "a profile that isn't approved": [approvedMap, mapOf({ [PLAIN]: APPROVED, [OTHER]: of(OTHER, APPROVED) }), "looser", `${OTHER} is not approved`],
    "a profile that is gone": [approvedMap, dataIn({}), "looser", `${PLAIN} is missing`],
    "a profile that grants more": [approvedMap, mapOf({ [PLAIN]: plus("/etc/shadow r,") }), "looser", "on /etc/shadow"],
    "a profile that denies less": [approvedMap, mapOf({ [PLAIN]: edited("  deny network raw,\n", "") }), "looser", "network raw, as line 14 of the approved profile does)"],
    "a profile that nobody can read": [approvedMap, mapOf({ [PLAIN]: plus("whatever,") }), "looser", "(line "],
    "a profile that nobody can read, as approved, beside one that denies more": [
        mapOf({ [PLAIN]: APPROVED, [OTHER]: "x" }), mapOf({ [PLAIN]: plus("deny /etc/hosts r,"), [OTHER]: "x" }), "tighter",
    ],
    "profiles that are no texts": [approvedMap, dataIn({ [PLAIN]: 1 }), "looser", "not readable"],
    "profiles where no texts are approved": [dataIn({ [PLAIN]: 1 }), approvedMap, "looser", "not readable"],
    "profiles of the same name twice": [approvedMap, dataIn(Object.fromEntries([APPROVED, plus("deny /etc/hosts r,")].map((text) => genuine(PLAIN, text)))), "looser", "not readable"],
    "a file elsewhere, which is no profile": [dataIn({ file: APPROVED }, "default"), dataIn({ file: plus("deny /etc/hosts r,") }, "default"), "looser"],

    "validations as approved": [policy, structuredClone(policy)],
    "one validation more": [policy, change(policy, "spec.validations[2]", { expression: "false" }), "tighter"],
    "validations in other words": [policy, change(policy, "spec.validations[0].message", "no")],
    "a validation whose words are none": [policy, change(policy, "spec.validations[0].message", 5), "looser", "all approved validations"],
    "one validation less": [policy, change(policy, "spec.validations[0]", { expression: "true" }), "looser", "all approved validations"],
    "validations of no kind": [policy, change(policy, "spec.validations", "all"), "looser", "all approved validations"],

    "a bound on claims": [limits(), limits(CLAIMS), "tighter"],
    "a bound on something else": [limits(), limits({ ...CLAIMS, type: "Device" }), "looser"],
    "a bound on claims that says more": [limits(), limits({ ...CLAIMS, default: { storage: "1" } }), "looser"],
    "a bound on claims that is none": [limits(), limits({ type: "PersistentVolumeClaim" }), "looser"],
    "an entry that bounds nothing": [limits(), limits(null), "looser"],
    "another bound on claims": [limits(CLAIMS), limits({ ...CLAIMS, max: { storage: "2" } }), "looser"],

    "another context of the provider": [fixtures.provider, change(fixtures.provider, "context", "other")],
    "a priority class in other words": [change(priorityOf("a"), "kind", "PriorityClass"), priorityOf("b"), "neutral"],
    "a priority class whose words are none": [priorityOf("a"), priorityOf(1), "looser"],
};

function priorityOf(description: Value): Resource {
    return fixtures.resource("kubernetes:scheduling.k8s.io/v1:PriorityClass", "x", { kind: "PriorityClass", metadata: { name: "x" }, description });
}

describe("policy: what is compared by its meaning", () => {
    for (const [what, [approved, now, verdict, must]] of Object.entries(CASES)) {
        it(`${what} is ${verdict ?? "the same"}`, () => {
            const found = differencesOf(approved, now, posture);
            assert.deepEqual([...new Set(found.map((each) => each.verdict))], verdict === undefined ? [] : [verdict]);
            assert.ok(found.every((each) => each.must.includes(must ?? "")), JSON.stringify(found.map((each) => each.must)));
        });
    }
});
