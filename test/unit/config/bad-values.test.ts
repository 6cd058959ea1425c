import assert from "node:assert/strict";
import { report } from "../../../infra/config/problem";
import { validate } from "../../../infra/config/validate";
import { changed, raw, valuesOf, type Values } from "../support/stacks";

const LOCAL = valuesOf("local");

/** All that is said about a configuration, without the heading. */
function complaints(values: Values): string[] {
    const result = validate(raw(values));
    return "problems" in result ? report("local", result.problems).split("\n").slice(1) : [];
}

const PYTHON = "evaluators.python";
const IMAGE = `${PYTHON}.image`;

/** One field each: path, bad value, what is said after the key. */
const FIELDS: readonly [string, unknown, string][] = [
    ["kubeContext", "", 'is ""; allowed: the name of a context in the kubeconfig'],
    ["clusterId", "staging", 'is "staging"; allowed: the uid of the cluster\'s namespace kube-system (kubectl get namespace kube-system -o jsonpath={.metadata.uid}), or "" for any cluster'],
    ["clusterId", undefined, 'is missing; allowed: the uid of the cluster\'s namespace kube-system (kubectl get namespace kube-system -o jsonpath={.metadata.uid}), or "" for any cluster'],
    ["namespace", "Wiki_Functions", 'is "Wiki_Functions"; allowed: a DNS label: lower case letters, digits and dashes, 40 characters at most'],
    ["imageRegistry", "https://registry.example.org/", 'is "https://registry.example.org/"; allowed: a registry host and path without scheme or trailing slash, such as registry.example.org/team'],
    ["requireDigests", "perhaps", 'is "perhaps"; allowed: true or false'],
    ["waitForRollouts", 1, "is 1; allowed: true or false"],
    ["rolloutTimeoutSeconds", 5, "is 5; allowed: a whole number from 10 to 3600 seconds"],
    ["protect", "yes", "is \"yes\"; allowed: true or false"],
    ["seLinuxType", "spc_t", 'is "spc_t"; allowed: one of "", "container_t", "container_kvm_t"'],
    ["orchestrator.replicas", -1, "is -1; allowed: a whole number from 0 to 50"],
    ["orchestrator.replicas", 1.5, "is 1.5; allowed: a whole number from 0 to 50"],
    ["orchestrator.timeoutMs", "9700", 'is "9700"; allowed: a whole number from 100 to 60000 milliseconds'],
    ["orchestrator.timeoutMs", 3_600_000, "is 3600000; allowed: a whole number from 100 to 60000 milliseconds"],
    ["orchestrator.timeoutMs", undefined, "is missing; allowed: a whole number from 100 to 60000 milliseconds"],
    ["orchestrator.wikiApiUrl", "https://me:secret@wiki.example.org/", 'is "https://…@wiki.example.org/"; allowed: an http or https address without credentials, because user code could read them'],
    ["orchestrator.resources.limits.cpu", "1 core", 'is "1 core"; allowed: a CPU quantity above zero, such as "500m" or "2"'],
    ["orchestrator.resources.limits.memory", "400m", 'is "400m"; allowed: whole bytes above zero, such as "400Mi" or "2Gi"'],
    ["orchestrator.resources.limits.ephemeralStorage", undefined, 'is missing; allowed: whole bytes above zero, such as "400Mi" or "2Gi"'],
    ["orchestrator.privileged", true, "is not a known key; allowed: image, replicas, resources, timeoutMs, wikiApiUrl, wikiVirtualHost, wikidataApiUrl, wikidataVirtualHost, useWikidata, memcachedUri"],
    ["evaluators", {}, "is {}; allowed: at least one evaluator"],
    ["evaluators.ruby", {}, "is not a known key; allowed: python, javascript, lua"],
    [`${IMAGE}.tag`, "latest", 'is "latest"; allowed: a tag that stays put; latest does not'],
    [`${IMAGE}.digest`, "sha256:abc", 'is "sha256:abc"; allowed: sha256: and 64 hexadecimal digits'],
    [`${IMAGE}.repository`, "py:1", 'is "py:1"; allowed: a repository below imageRegistry, without tag or digest'],
    [IMAGE, { repository: "function-evaluator/rusty-py" }, 'is {"repository":"function-evaluator/rusty-py"}; allowed: a tag or a digest'],
    [`${PYTHON}.processPoolSize`, 0, "is 0; allowed: a whole number from 1 to 64"],
    [`${PYTHON}.wasmtimeMemoryPages`, 65_537, "is 65537; allowed: a whole number from 1 to 65536 pages of 64 KiB"],
    [`${PYTHON}.wasmtimeFuelLimit`, "1e10", 'is "1e10"; allowed: a whole number from 1 to 1000000000000'],
    [`${PYTHON}.memoryOvercommit`, 11, "is 11; allowed: a number from 1 to 10"],
    [`${PYTHON}.reentrance`, "yes", 'is "yes"; allowed: true or false'],
    [`${PYTHON}.programmingLanguages`, [], "is []; allowed: at least one programming language"],
    ["gateways.wiki.port", 0, "is 0; allowed: a whole number from 1 to 65535"],
    ["gateways.wiki.podSelector", {}, "is {}; allowed: at least one label, because an empty selector matches everything"],
    ["gateways.wiki", { port: 1 }, 'is {"port":1}; allowed: either cidr, or both namespaceSelector and podSelector'],
    ["gateways.evaluator-python", { port: 1, cidr: "10.1.2.3/32" }, "has a key of the wrong form; allowed: a name that is none of the program's own: orchestrator, evaluator-…, dns, scraper"],
    ["callers.mediawiki", { cidr: "10.1.2.3/32", podSelector: { a: "b" } }, 'is {"cidr":"10.1.2.3/32","podSelector":{"a":"b"}}; allowed: either cidr, or both namespaceSelector and podSelector'],
    ["scraper.podSelector", undefined, "is missing; allowed: an object of labels"],
    ["dns.nameserver", "resolver.example.org", 'is "resolver.example.org"; allowed: the IP address of the resolver\'s Service'],
    ["quota.pods", 0, "is 0; allowed: a whole number from 1 to 500"],
    ["apparmor.image", undefined, "is missing; allowed: an object with the keys repository, tag, digest"],
    ["admission", undefined, "is missing; allowed: an object with the keys deployers, previewers, networkPlugins"],
    ["admission.deployers", {}, "is {}; allowed: at least one user or group, or nobody could update the stack"],
    ["admission.deployers.users", "deploy", 'is "deploy"; allowed: a list of users'],
    ["admission.deployers.robots", [], "is not a known key; allowed: users, groups"],
    ["orchestrator.timeOutMS", 1, "is not a known key (did you mean timeoutMs?); allowed: image, replicas, resources, timeoutMs, wikiApiUrl, wikiVirtualHost, wikidataApiUrl, wikidataVirtualHost, useWikidata, memcachedUri"],
    ["evaluators.pyton", {}, "is not a known key (did you mean python?); allowed: python, javascript, lua"],
    [`${IMAGE}.tagg`, "1", "is not a known key (did you mean tag?); allowed: repository, tag, digest"],
    ["unheardOf", 1, "is not a known key; allowed: kubeContext, clusterId, namespace, imageRegistry, requireDigests, orchestrator, evaluators, gateways, callers, scraper, dns, quota, limitRange, apparmor, admission, nodeSelector, tolerations, runtimeClasses, seLinuxType, waitForRollouts, rolloutTimeoutSeconds, protect"],
];

/** Problems whose key is not the path that was changed: the whole line. */
const LINES: readonly [string, unknown, string][] = [
    ["admission.deployers.users", ["it's me"], "admission.deployers.users[0] is \"it's me\"; allowed: the name of a user, as the API server knows it"],
    ["admission.deployers.users", ["system:anonymous"], 'admission.deployers.users[0] is "system:anonymous"; allowed: the name of a user who has shown who it is'],
    ["admission.deployers.groups", ["system:masters"], 'admission.deployers.groups[0] is "system:masters"; allowed: a group that is none of Kubernetes\' own, which begin with system:'],
    ["nodeSelector", { "a b": "c" }, "nodeSelector.a b has a key of the wrong form; allowed: a Kubernetes label key, such as kubernetes.io/metadata.name"],
    ["nodeSelector", { a: "" }, 'nodeSelector.a is ""; allowed: a Kubernetes label value that is not empty'],
    ["tolerations", [{ effect: "NoSchedule" }], "tolerations[0].key is missing; allowed: the key of a taint; without one, every taint would be tolerated"],
    ["tolerations", [{ key: "a", effect: "Never" }], 'tolerations[0].effect is "Never"; allowed: NoSchedule, PreferNoSchedule or NoExecute'],
    ["runtimeClasses", { gvisor: { handler: "RunSC" } }, 'runtimeClasses.gvisor.handler is "RunSC"; allowed: a DNS label: lower case letters, digits and dashes, 40 characters at most'],
];

const RANGE = "allowed: an address range of /16 (IPv6: /48) or narrower, neither loopback nor link-local, such as 10.2.3.4/32";
/** The metadata service of clouds, the node itself, half of the internet, and what is no range. */
const BAD_RANGES = ["169.254.169.254/32", "127.0.0.0/16", "0.0.0.0/0", "10.0.0.0/8", "10.0.0.0", "10.0.0.0/33", "10.0.0/24", "::/0", "fe80::/64", "::1/128", "2001:db8::/32", "x/24"];
const GOOD_RANGES = ["10.2.3.4/32", "10.2.0.0/16", "2001:db8::/48", "2001:db8::1/128"];

describe("a configuration with one bad value", () => {
    it("has none to begin with", () => {
        assert.deepEqual(complaints(LOCAL), []);
    });

    for (const [path, value, expected] of FIELDS) {
        it(`${path}: ${JSON.stringify(value) ?? "left out"}`, () => {
            assert.deepEqual(complaints(changed(LOCAL, path, value)), [`wikifunctions:${path} ${expected}`]);
        });
    }

    for (const [path, value, expected] of LINES) {
        it(`${path}: ${JSON.stringify(value)}`, () => {
            assert.deepEqual(complaints(changed(LOCAL, path, value)), [`wikifunctions:${expected}`]);
        });
    }

    for (const cidr of BAD_RANGES) {
        it(`a gateway at ${cidr}`, () => {
            assert.deepEqual(complaints(changed(LOCAL, "gateways.wiki", { cidr, port: 443 })), [`wikifunctions:gateways.wiki.cidr is "${cidr}"; ${RANGE}`]);
        });
    }

    for (const cidr of GOOD_RANGES) {
        it(`but a gateway at ${cidr} is fine`, () => {
            assert.deepEqual(complaints(changed(LOCAL, "gateways.wiki", { cidr, port: 443 })), []);
        });
    }

    it("tells all problems at once", () => {
        const values = changed(changed(changed(LOCAL, "dns", undefined), "orchestrator.replicas", "two"), "namespace", "-");
        assert.equal(complaints(values).length, 3);
    });

    it("cuts a long value short", () => {
        const [line = ""] = complaints(changed(LOCAL, "kubeContext", ` ${"x".repeat(500)}`));
        assert.ok(line.length < 200 && line.includes("x…"), line);
    });
});
