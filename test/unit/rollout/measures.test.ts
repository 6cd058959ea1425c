import assert from "node:assert/strict";
import type { Event, History, Watched } from "../../cluster/rollout/events";
import { gaps } from "../../cluster/rollout/measures";

const SANDBOX = { namespace: "box", loaderNamespace: "loader", priorityClass: "low", admissionPolicies: ["box-pods"] };
const NEW = "wikifunctions-orchestrator-222222222222";
const OLD = "wikifunctions-orchestrator-111111111111";

type Sketch = Readonly<Record<string, unknown>>;
const object = (kind: string, namespace: string | undefined, name: string, rest: Sketch = {}, labels: Readonly<Record<string, string>> = {}) => (
    { kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }), labels }, ...rest }
);
const pod = (name: string, appArmorProfile: object) => object("Pod", "box", name, { spec: { containers: [{ securityContext: { appArmorProfile } }] } });
const confined = (name: string, profile: string) => pod(name, { type: "Localhost", localhostProfile: profile });
const texts = (name: string, ...profiles: readonly string[]) => object("ConfigMap", "loader", name, { data: Object.fromEntries(profiles.map((profile) => [profile, "text"])) });
const loader = (configMap: string, ...profiles: readonly string[]) => object("DaemonSet", "loader", "apparmor-loader", {
    spec: { template: { spec: { containers: [{ env: [{ name: "EXPECTED_PROFILES", value: profiles.join(" ") }] }], volumes: [{ name: "securityfs" }, { name: "profiles", configMap: { name: configMap } }] } } },
});
const deny = (spec: Sketch = {}) => object("NetworkPolicy", "box", "default-deny", { spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ...spec } });
const policy = (spec: Sketch = {}) => object("ValidatingAdmissionPolicy", undefined, "box-pods", { spec: { failurePolicy: "Fail", validations: [{}], paramKind: { kind: "ConfigMap" }, ...spec } });
const PARAMETERS = { name: "admission", namespace: "box", parameterNotFoundAction: "Deny" };
const binding = (spec: Sketch = {}) => object("ValidatingAdmissionPolicyBinding", undefined, "box-pods", { spec: { policyName: "box-pods", validationActions: ["Deny", "Audit"], paramRef: PARAMETERS, ...spec } });
const space = (level: string) => object("Namespace", undefined, "box", {}, { "pod-security.kubernetes.io/enforce": level });

/** A sandbox as it should be, with one pod. */
const GOOD = [
    space("restricted"), deny(), object("ResourceQuota", "box", "sandbox"), object("LimitRange", "box", "sandbox"), object("PriorityClass", undefined, "low"),
    object("ConfigMap", "box", "admission"), policy(), binding(), texts("old", OLD), loader("old", OLD), confined("a", OLD),
];

type Change = readonly [type: Event["type"], object: Sketch & { readonly kind: string; readonly metadata: { readonly name: string; readonly namespace?: string } }];

/** Events in the order in which they are given, the good sandbox being there from the start. */
function history(...changes: readonly Change[]): History {
    const events = [...GOOD.map((each): Change => ["ADDED", each]), ...changes].map(([type, each], index): Event => (
        { type, object: { ...each, metadata: { ...each.metadata, resourceVersion: String(index + 1) } } satisfies Watched }
    ));
    return { since: GOOD.length, events };
}

const found = (...changes: readonly Change[]): string[] => gaps(history(...changes), SANDBOX);

describe("what the pods of a recorded sandbox lack", () => {
    it("is nothing where all is there", () => {
        assert.deepEqual(found(), []);
    });

    it("is nothing where a new profile comes with its ConfigMap before the loader, its pods after that, and the old ConfigMap goes last", () => {
        const upgrade = [["ADDED", texts("new", NEW)], ["MODIFIED", loader("new", NEW)], ["ADDED", confined("b", NEW)], ["DELETED", confined("a", OLD)], ["DELETED", texts("old", OLD)]] as const;
        assert.deepEqual(found(...upgrade), []);
    });

    it("is nothing without pods", () => {
        assert.deepEqual(found(["DELETED", confined("a", OLD)], ["DELETED", deny()], ["DELETED", space("restricted")]), []);
    });

    const WINDOWS: Readonly<Record<string, readonly [Change, measure: string]>> = {
        "no default deny": [["DELETED", deny()], "the default deny"],
        "a default deny for one direction": [["MODIFIED", deny({ policyTypes: ["Ingress"] })], "the default deny"],
        "a default deny of some pods": [["MODIFIED", deny({ podSelector: { matchLabels: { a: "b" } } })], "the default deny"],
        "a default deny that opens something": [["MODIFIED", deny({ egress: [{}] })], "the default deny"],
        "another level of Pod Security": [["MODIFIED", space("privileged")], "Pod Security at the restricted level"],
        "no quota": [["DELETED", object("ResourceQuota", "box", "sandbox")], "the quota"],
        "no limit range": [["DELETED", object("LimitRange", "box", "sandbox")], "the limit range"],
        "no priority class": [["DELETED", object("PriorityClass", undefined, "low")], "the priority class"],
        "no admission policy": [["DELETED", policy()], "the admission policy box-pods"],
        "an admission policy that ignores failures": [["MODIFIED", policy({ failurePolicy: "Ignore" })], "the admission policy box-pods"],
        "an admission policy that asks nothing": [["MODIFIED", policy({ validations: [] })], "the admission policy box-pods"],
        "an admission policy that passes all without parameters": [["MODIFIED", binding({ paramRef: { ...PARAMETERS, parameterNotFoundAction: "Allow" } })], "the admission policy box-pods"],
        "no binding": [["DELETED", binding()], "the binding of the admission policy box-pods"],
        "a binding that only warns": [["MODIFIED", binding({ validationActions: ["Warn"] })], "the binding of the admission policy box-pods"],
        "a binding of some objects": [["MODIFIED", binding({ matchResources: {} })], "the binding of the admission policy box-pods"],
        "a binding of another policy": [["MODIFIED", binding({ policyName: "other" })], "the binding of the admission policy box-pods"],
        "no parameters": [["DELETED", object("ConfigMap", "box", "admission")], "the parameters of the admission policies"],
        "no loader": [["DELETED", loader("old", OLD)], "the profile loader with all the profiles that it expects"],
        "a loader that expects a profile too many": [["MODIFIED", loader("old", OLD, NEW)], "the profile loader with all the profiles that it expects"],
        "a loader with a ConfigMap that isn't there": [["MODIFIED", loader("new", OLD)], "the profile loader with all the profiles that it expects"],
        "a pod before its profile": [["ADDED", confined("b", NEW)], "a profile that the loader has, of pod b"],
        "a pod without a profile": [["ADDED", pod("b", { type: "Unconfined" })], "a profile that the loader has, of pod b"],
    };
    for (const [what, [change, measure]] of Object.entries(WINDOWS)) {
        it(`is found: ${what}`, () => {
            const [type, { kind, metadata: { namespace, name } }] = change;
            assert.deepEqual(found(change), [`without ${measure} after ${type} ${kind} ${namespace === undefined ? "" : `${namespace}/`}${name} at revision ${String(GOOD.length + 1)}`]);
        });
    }

    it("is found where it lasts for one event, and whatever order the events came in", () => {
        const { since, events } = history(["DELETED", deny()], ["ADDED", deny()]);
        const gap = [`without the default deny after DELETED NetworkPolicy box/default-deny at revision ${String(since + 1)}`];
        assert.deepEqual(gaps({ since, events }, SANDBOX), gap);
        assert.deepEqual(gaps({ since, events: [...events].reverse() }, SANDBOX), gap);
    });

    it("is found where profiles are replaced while pods have the old ones", () => {
        assert.deepEqual(found(["DELETED", texts("old", OLD)], ["ADDED", texts("old", NEW)], ["MODIFIED", loader("old", NEW)]).map((each) => each.replace(/ after .*/, "")), [
            "without the profile loader with all the profiles that it expects", "without a profile that the loader has, of pod a",
        ]);
    });

    it("is found at the beginning", () => {
        const { since, events } = history();
        assert.match(gaps({ since, events: events.filter(({ object: { kind } }) => kind !== "ResourceQuota") }, SANDBOX).join(), /^without the quota after the beginning at revision \d+$/);
    });
});
