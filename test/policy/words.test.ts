import assert from "node:assert/strict";
import { isOnlyWords } from "../../policy/model/words";

/** What keys are called that are for people, in whatever domain that isn't Kubernetes'. */
const NAMES = [
    ..."bugs chat contact description docs documentation links maintainer maintainers note notes owner".split(" "),
    ..."repository runbook source support team ticket".split(" "),
];
const ANY = [
    "kubernetes.io/description", "kubectl.kubernetes.io/default-container", "kubectl.kubernetes.io/restartedAt", "a8r.io/uptime",
    ...["scrape", "port", "path", "scheme"].map((name) => `prometheus.io/${name}`),
];
const CERTAIN: readonly (readonly [key: string, value: string])[] = [
    ["cluster-autoscaler.kubernetes.io/safe-to-evict", "true"], ["kubernetes.io/enforce-mountable-secrets", "true"],
    ["seccomp.security.alpha.kubernetes.io/pod", "runtime/default"], ["seccomp.security.alpha.kubernetes.io/pod", "docker/default"],
];

describe("policy: annotations that are only words", () => {
    it("are those that people read, whatever they say", () => {
        const keys = [...NAMES.map((name) => `example.org/${name}`), ...ANY];
        assert.deepEqual(keys.filter((key) => !isOnlyWords(key, "whatever")), []);
    });

    it("are those that confine more, where they say so", () => {
        assert.deepEqual(CERTAIN.filter(([key, value]) => !isOnlyWords(key, value)), []);
        assert.deepEqual(CERTAIN.filter(([key]) => isOnlyWords(key, "false") || isOnlyWords(key, "")), []);
    });

    it("are none that somebody may take orders from", () => {
        const domains = ["kubernetes.io", "x.kubernetes.io", "k8s.io", "networking.k8s.io"].map((domain) => `${domain}/owner`);
        const others = ["owner", "downscaler/uptime", "example.org/uptime", "/", "example.org/", "example.org/owners", "a/b/owner", "example.org/owner/x", "toString", "example.org/toString", ""];
        assert.deepEqual([...domains, ...others].filter((key) => isOnlyWords(key, "x")), []);
        assert.deepEqual(["notkubernetes.io/owner", "k8s.io.example.org/owner"].filter((key) => !isOnlyWords(key, "x")), []);
    });
});
