import assert from "node:assert/strict";
import type { Event, History, Watched } from "../../cluster/rollout/events";
import { widenings } from "../../cluster/rollout/network";
import { outages } from "../../cluster/rollout/serving";

const recorded = (...events: readonly (readonly [Event["type"], object])[]): History => (
    { since: 0, events: events.map(([type, object], index) => ({ type, object: { ...object, metadata: { namespace: "box", ...(object as Watched).metadata, resourceVersion: String(index + 1) } } as Watched })) }
);
const policy = (name: string, ...ports: readonly number[]) => ({ kind: "NetworkPolicy", metadata: { name }, spec: { podSelector: { matchLabels: { a: "b" } }, policyTypes: ["Egress"], egress: [{ to: [{ podSelector: {} }], ports: ports.map((port) => ({ port })) }] } });
const at = (since: number, history: History): History => ({ ...history, since });

describe("what recorded NetworkPolicies open", () => {
    it("is nothing new where an opening is narrowed in its place, moved, or closed", () => {
        assert.deepEqual(widenings(at(1, recorded(["ADDED", policy("one", 1, 2)], ["MODIFIED", policy("one", 1)])), "box"), []);
        assert.deepEqual(widenings(at(1, recorded(["ADDED", policy("one", 1)], ["ADDED", policy("two", 2)], ["DELETED", policy("one", 1)])), "box"), []);
        assert.deepEqual(widenings(at(1, recorded(["ADDED", policy("one", 1)], ["DELETED", policy("one", 1)])), "box"), []);
    });

    it("is found where it is wider for a moment than before and after", () => {
        assert.deepEqual(widenings(at(1, recorded(["ADDED", policy("one", 1, 2)], ["MODIFIED", policy("one")], ["MODIFIED", policy("one", 1)])), "box"), [
            'open from {"matchLabels":{"a":"b"}} {"podSelector":{}} "every port" after MODIFIED NetworkPolicy box/one at revision 2',
        ]);
        const everyone = { ...policy("two", 1), spec: { podSelector: {}, ingress: [{}] } };
        assert.deepEqual(widenings(at(1, recorded(["ADDED", policy("one", 1)], ["ADDED", everyone], ["DELETED", everyone])), "box"), [
            'open to {} "everyone" "every port" after ADDED NetworkPolicy box/two at revision 2',
        ]);
    });
});

describe("whether recorded Services always had a ready pod", () => {
    const slice = (name: string, ...ready: readonly boolean[]) => ({ kind: "EndpointSlice", metadata: { name, labels: { "kubernetes.io/service-name": "web" } }, endpoints: ready.map((each) => ({ conditions: { ready: each } })) });

    it("is so where a new one is ready before the last old one goes, in whichever slice", () => {
        assert.deepEqual(outages(recorded(["ADDED", slice("one", false)], ["MODIFIED", slice("one", true)], ["ADDED", slice("two", true)], ["MODIFIED", slice("one", false)]), "box", ["web"]), []);
    });

    it("is not where there is none for a moment, or never one", () => {
        const history = recorded(["ADDED", slice("one", true)], ["MODIFIED", slice("one", false)], ["MODIFIED", slice("one", true)]);
        assert.deepEqual(outages(history, "box", ["web", "other"]), ["web without a ready pod after MODIFIED EndpointSlice box/one at revision 2", "other without a ready pod in the end"]);
    });
});
