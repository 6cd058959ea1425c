import assert from "node:assert/strict";
import type { Resource, Value } from "../../../../policy/model/resource";
import { differencesOf } from "../../../../policy/posture/approved/differences";
import { posture, resource } from "../../fixtures";

const objectWith = (part: "labels" | "annotations", some: Record<string, Value>): Resource =>
    resource("kubernetes:core/v1:Service", "x", { kind: "Service", metadata: { name: "x", namespace: "wikifunctions", [part]: { own: "1", ...some } } });

const verdictsOf = (part: "labels" | "annotations", approved: Record<string, Value>, now: Record<string, Value>): string[] =>
    differencesOf(objectWith(part, approved), objectWith(part, now), posture).map(({ verdict }) => verdict);

const WORDS: Readonly<Record<"labels" | "annotations", readonly (readonly [key: string, value: string])[]>> = {
    labels: [["team", "abstract"], ["owner", "abstract"], ["app.kubernetes.io/version", "1.2"]],
    annotations: [
        ["kubernetes.io/description", "words"], ["example.org/contact", "abstract-wiki@"], ["example.org/docs", "https://example.org"], ["a8r.io/runbook", "x"],
        ["prometheus.io/port", "9090"], ["kubectl.kubernetes.io/restartedAt", "2026-11-25T00:00:00Z"], ["cluster-autoscaler.kubernetes.io/safe-to-evict", "true"],
    ],
};
const ORDERS: typeof WORDS = {
    labels: [
        ["sidecar.istio.io/inject", "true"], ["azure.workload.identity/use", "true"], ["app", "mediawiki"], ["istio", "ingressgateway"],
        ["argocd.argoproj.io/instance", "x"], ["example.org/team", "x"], ["app.kubernetes.io/instance", "x"],
    ],
    annotations: [
        ["cluster-autoscaler.kubernetes.io/safe-to-evict", "false"], ["service.cilium.io/global", "true"], ["tailscale.com/expose", "true"], ["janitor/ttl", "1m"],
        ["keel.sh/policy", "force"], ["external-dns.alpha.kubernetes.io/owner", "x"], ["networking.k8s.io/description", "x"], ["owner", "x"], ["a/b/owner", "x"],
        ["pulumi.com/patchForce", "true"], ["seccomp.security.alpha.kubernetes.io/pod", "unconfined"],
    ],
};

describe("policy: labels and annotations that are only words", () => {
    for (const part of ["labels", "annotations"] as const) {
        for (const [key, value] of WORDS[part]) {
            it(`${part}: ${key} may be ${value}, and may go`, () => {
                assert.deepEqual([verdictsOf(part, {}, { [key]: value }), verdictsOf(part, { [key]: value }, {})], [["neutral"], ["neutral"]]);
            });
        }
        for (const [key, value] of ORDERS[part]) {
            it(`${part}: ${key} may not be ${value}, as somebody may take orders from it`, () => {
                assert.deepEqual(verdictsOf(part, {}, { [key]: value }), ["looser"]);
            });
        }
    }
});
