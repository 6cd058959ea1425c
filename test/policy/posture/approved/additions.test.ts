import assert from "node:assert/strict";
import type { Value } from "../../../../policy/model/resource";
import { mayBeAdded } from "../../../../policy/posture/approved/additions";
import { provider, resource } from "../../fixtures";
import { goodPosture } from "../../good-stack";

type Labels = { readonly [key: string]: Value };

/** Objects that are approved, by their labels, beside a provider, which has none. */
function withApproved(...labels: readonly (Labels | undefined)[]): Parameters<typeof mayBeAdded>[1] {
    const objects = labels.map((each, index) => resource("kubernetes:core/v1:Service", `s${String(index)}`, { kind: "Service", metadata: { name: `s${String(index)}`, namespace: "wikifunctions", labels: each } }));
    return { ...goodPosture, objects: [provider, ...objects] };
}

/** A quota more, with these labels. */
function isAllowed(labels: Labels | undefined, posture: Parameters<typeof mayBeAdded>[1]): boolean {
    const metadata = { name: "second", namespace: "wikifunctions", ...(labels === undefined ? {} : { labels }) };
    return mayBeAdded(resource("kubernetes:core/v1:ResourceQuota", "second", { apiVersion: "v1", kind: "ResourceQuota", metadata, spec: { hard: { pods: "9" } } }), posture);
}

const PART_OF = { "app.kubernetes.io/part-of": "wikifunctions" };

describe("policy: labels of an object that nobody has approved and that only narrows", () => {
    const CASES: Readonly<Record<string, readonly [labels: Labels | undefined, posture: Parameters<typeof mayBeAdded>[1], isAllowed: boolean]>> = {
        "none": [undefined, withApproved(PART_OF, PART_OF), true],
        "none, where none is approved": [undefined, withApproved(undefined), true],
        "none, where nothing is approved": [undefined, withApproved(), true],
        "for people": [{ team: "x" }, withApproved(undefined), true],
        "that all approved objects have": [PART_OF, withApproved(PART_OF, { ...PART_OF, a: "b" }), true],
        "that the first of them alone has": [{ a: "b" }, withApproved({ ...PART_OF, a: "b" }, PART_OF), false],
        "that only some of them have": [PART_OF, withApproved(PART_OF, { a: "b" }, PART_OF), false],
        "that all but one have, which has none": [PART_OF, withApproved(PART_OF, undefined), false],
        "that they have with other values": [PART_OF, withApproved({ "app.kubernetes.io/part-of": "others" }), false],
        "that nobody has approved": [{ a: "b" }, withApproved(PART_OF, PART_OF), false],
        "where nothing is approved": [{ a: "b" }, withApproved(), false],
    };
    for (const [what, [labels, posture, allowed]] of Object.entries(CASES)) {
        it(`${allowed ? "pass" : "are refused"}: ${what}`, () => {
            assert.equal(isAllowed(labels, posture), allowed);
        });
    }
});

describe("policy: objects that nobody has approved and that only narrow", () => {
    const isAdded = (group: string, kind: string, spec: Value, namespace = "wikifunctions"): boolean => {
        const [apiVersion, metadata] = [group.replace("core/", ""), { name: "second", namespace }];
        return mayBeAdded(resource(`kubernetes:${group}:${kind}`, "second", { apiVersion, kind, metadata, spec }), withApproved());
    };
    const [MORE, RATIO] = [{ max: { cpu: "1" } }, { maxLimitRequestRatio: { memory: "2" } }];

    const RANGES: Readonly<Record<string, readonly [limit: Value, isAllowed: boolean]>> = {
        "containers": [{ type: "Container", ...MORE }, true],
        "pods, by a ratio too": [{ type: "Pod", ...MORE, ...RATIO }, true],
        "claims": [{ type: "PersistentVolumeClaim", max: { storage: "1" } }, true],
        "a device by a ratio": [{ type: "Pod", ...MORE, maxLimitRequestRatio: { "nvidia.com/gpu": "1" } }, false],
        "a device": [{ type: "Container", max: { "nvidia.com/gpu": "1" }, ...RATIO }, false],
        "storage of pods": [{ type: "Pod", max: { storage: "1" } }, false],
        "containers, with a default": [{ type: "Container", ...MORE, default: { cpu: "1" } }, false],
        "something else": [{ type: "Image", ...MORE }, false],
        "what every object has": [{ type: "toString", ...MORE }, false],
        "no type": [MORE, false],
        "a type in a list": [{ type: ["Pod"], ...MORE }, false],
        "nothing that can be read": ["x", false],
    };
    for (const [what, [limit, isAllowed]] of Object.entries(RANGES)) {
        it(`${isAllowed ? "may be" : "are no"} LimitRange that bounds ${what}`, () => { assert.equal(isAdded("core/v1", "LimitRange", { limits: [limit] }), isAllowed); });
    }

    it("are no LimitRange without a list", () => {
        assert.deepEqual([{}, { limits: "x" }, { limits: {} }].map((spec) => isAdded("core/v1", "LimitRange", spec)), [false, false, false]);
    });

    it("may be a NetworkPolicy that opens nothing, however it says so", () => {
        for (const namespace of [goodPosture.namespace, goodPosture.loaderNamespace]) {
            const of = (more: object): boolean => isAdded("networking.k8s.io/v1", "NetworkPolicy", { podSelector: { matchLabels: { a: "b" } }, policyTypes: ["Egress"], ...more }, namespace);
            assert.deepEqual([{}, { egress: [] }, { ingress: [] }].map(of), [true, true, true]);
            assert.deepEqual([{ egress: [{}] }, { ingress: [{}] }, { whatever: [] }].map(of), [false, false, false]);
        }
    });
});
