import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { Incomplete } from "../../../lab/provider/operation";
import { Provider } from "../../../lab/provider/provider";
import { secret, type Values } from "../../../lab/provider/values";
import { Api, status } from "./api";

const URN = (type: string): string => `urn:pulumi:stack::project::${type}::it`;
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const configMap = (more: Values = {}): Values => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "it", namespace: "ns" }, data: { a: "1" }, ...more });
const deployment = (annotations: Values = {}): Values => ({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "it", namespace: "ns", annotations, generation: 1 }, spec: { replicas: 1, selector: { matchLabels: { app: "it" } } } });
const DEPLOYMENT_PATH = "/apis/apps/v1/namespaces/ns/deployments/it";
const PATH = "/api/v1/namespaces/ns/configmaps/it";
const READY: Values = { observedGeneration: 1, updatedReplicas: 1, conditions: [{ type: "Available", status: "True" }, { type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" }] };
const UNAVAILABLE: Values = { observedGeneration: 1, conditions: [{ type: "Available", status: "False", reason: "MinimumReplicasUnavailable", message: "not enough" }] };

async function incomplete(work: Promise<unknown>): Promise<Incomplete> {
    const error: unknown = await work.then(() => undefined, (reason: unknown) => reason);
    assert.ok(error instanceof Incomplete, String(error));
    return error;
}

describe("the small Kubernetes provider", () => {
    let api: Api;
    let provider: Provider;
    let messages: string[];
    let kubeconfig: string;

    beforeEach(async () => {
        api = new Api();
        messages = [];
        kubeconfig = await api.start();
        provider = new Provider({ warn: (_, message) => { messages.push(`warning: ${message}`); }, status: (_, message) => { messages.push(message); } });
        await provider.configure({ "kubernetes:config:kubeconfig": kubeconfig });
    });

    afterEach(() => api.stop());

    const create = (type: string, news: Values, more: { timeout?: number; preview?: boolean } = {}) => provider.create({ urn: URN(type), news, timeout: 0, preview: false, ...more });
    const update = (olds: Values, news: Values, more: { timeout?: number; preview?: boolean; ignoreChanges?: string[] } = {}) => provider.update({ urn: URN(CONFIG_MAP), olds, news, timeout: 0, preview: false, ignoreChanges: [], ...more });

    it("creates with a plain create, and remembers what is secret", async () => {
        const { id, state } = await create(CONFIG_MAP, configMap({ data: { a: secret("1"), b: "2" } }));
        assert.equal(id, "ns/it");
        assert.deepEqual(api.changes.map(({ method, query }) => [method, query]), [["POST", { fieldManager: "pulumi-kubernetes" }]]);
        assert.deepEqual(api.objects.get(PATH)?.["data"], { a: "1", b: "2" });
        assert.deepEqual(state["data"], { a: secret("1"), b: "2" });
        assert.deepEqual((state["__inputs"] as Values)["data"], { a: secret("1"), b: "2" });
    });

    it("only asks in a preview", async () => {
        await create(CONFIG_MAP, configMap(), { preview: true });
        assert.equal(api.changes[0]?.query["dryRun"], "All");
        assert.equal(api.objects.size, 0);
    });

    for (const [why, answer] of [
        ["the namespace comes in the same update", status(404, "NotFound", "namespaces \"ns\" not found", { kind: "namespaces" })],
        ["what is in the way may go", status(409, "AlreadyExists", "configmaps \"it\" already exists")],
        ["the user may only look", status(403, "Forbidden", "no")],
    ] as const) {
        it(`takes a dry run's refusal for nothing where ${why}`, async () => {
            api.special = ({ method }) => (method === "POST" ? answer : undefined);
            assert.deepEqual((await create(CONFIG_MAP, configMap(), { preview: true })).state, configMap());
        });
    }

    it("tells other refusals of a dry run in the API server's words", async () => {
        api.special = ({ method }) => (method === "POST" ? status(422, "Invalid", "data is invalid") : undefined);
        await assert.rejects(create(CONFIG_MAP, configMap(), { preview: true }), /not successfully created by the Kubernetes API server: data is invalid/);
    });

    it("creates again when the namespace is there", async () => {
        api.special = ({ method }) => (method === "POST" && api.changes.length === 1 ? status(404, "NotFound", "namespaces \"ns\" not found", { kind: "namespaces" }) : undefined);
        assert.equal((await create(CONFIG_MAP, configMap())).id, "ns/it");
        assert.deepEqual(messages, ["Retry #0; creation failed: namespaces \"ns\" not found"]);
    });

    it("waits for a rollout and says for what", async () => {
        const created = create(DEPLOYMENT, deployment());
        await delay(300);
        api.objects.set(DEPLOYMENT_PATH, { ...deployment(), status: UNAVAILABLE });
        await delay(500);
        api.objects.set(DEPLOYMENT_PATH, { ...deployment(), status: READY });
        assert.deepEqual((await created).state["status"], READY);
        assert.ok(messages.includes("Waiting for app ReplicaSet to be available (0/1 Pods available)"));
    });

    it("keeps what didn't become ready in time, with the reasons", async () => {
        api.special = ({ path, method }) => (method === "GET" && path === DEPLOYMENT_PATH ? { code: 200, body: { ...deployment(), status: UNAVAILABLE } } : undefined);
        api.objects.set("/api/v1/namespaces/ns/pods/p", { metadata: { name: "p", namespace: "ns" }, status: { conditions: [{ type: "PodScheduled", status: "False", message: "no node" }] } });
        const { message, id, problems, state } = await incomplete(create(DEPLOYMENT, deployment({ "pulumi.com/timeoutSeconds": "1" })));
        assert.match(message, /'it' timed out waiting to be Ready$/);
        assert.equal(id, "ns/it");
        assert.deepEqual(problems, ["[MinimumReplicasUnavailable] not enough", "Minimum number of live Pods was not attained", "[Pod ns/p]: no node"]);
        assert.deepEqual(state["status"], UNAVAILABLE);
    });

    it("keeps what it has created even if the API server goes away while it waits", async () => {
        api.special = ({ path, method }) => (method === "GET" && path === DEPLOYMENT_PATH ? status(503, "ServiceUnavailable", "gone") : undefined);
        const { problems } = await incomplete(create(DEPLOYMENT, deployment(), { timeout: 0.5 }));
        assert.deepEqual(problems, ["gone"]);
    });

    it("doesn't wait where the program says so", async () => {
        assert.equal((await create(DEPLOYMENT, deployment({ "pulumi.com/skipAwait": "true" }))).id, "ns/it");
    });

    it("ends its waiting when the user cancels", async () => {
        const created = incomplete(create(DEPLOYMENT, deployment()));
        await delay(200);
        provider.cancel();
        assert.match((await created).message, /Resource operation was cancelled for "it"$/);
    });

    it("updates by server-side apply after taking over from kubectl", async () => {
        const { state } = await create(CONFIG_MAP, configMap());
        api.objects.set(PATH, configMap({ metadata: { name: "it", namespace: "ns", managedFields: [{ manager: "kubectl-edit", operation: "Update", fieldsV1: { "f:data": { "f:a": {} } } }] } }));
        await update(state, configMap({ data: { a: "2" } }));
        const [, patch, apply] = api.changes;
        const [{ value: [entry = {}] = [] } = {}] = patch?.body as unknown as { value?: Values[] }[];
        assert.equal(patch?.media, "application/json-patch+json");
        assert.deepEqual([entry["manager"], entry["operation"]], [state["__fieldManager"], "Apply"]);
        assert.deepEqual([apply?.media, apply?.query], ["application/apply-patch+yaml", { fieldManager: state["__fieldManager"], force: "false" }]);
    });

    it("overrides others where the program says so", async () => {
        const { state } = await create(CONFIG_MAP, configMap());
        await update(state, configMap({ metadata: { name: "it", namespace: "ns", annotations: { "pulumi.com/patchForce": "true" } } }));
        assert.equal(api.changes.at(-1)?.query["force"], "true");
    });

    it("keeps the new inputs with the old object where the API server refuses an update", async () => {
        const { state } = await create(CONFIG_MAP, configMap());
        api.special = ({ method }) => (method === "PATCH" ? status(409, "Conflict", "Apply failed with 1 conflict: conflict with \"hpa\": .data.a") : undefined);
        const { message, state: kept } = await incomplete(update(state, configMap({ data: { a: "2" } })));
        assert.match(message, /conflict detected[^]*conflict with "hpa": \.data\.a/);
        assert.deepEqual([kept["data"], (kept["__inputs"] as Values)["data"]], [{ a: "1" }, { a: "2" }]);
    });

    it("forgets what is gone", async () => {
        const found = await provider.read({ urn: URN(CONFIG_MAP), id: "ns/it", olds: {}, inputs: {} });
        assert.equal(found, undefined);
    });

    it("refreshes only what the program speaks about", async () => {
        const { state } = await create(CONFIG_MAP, configMap());
        api.objects.set(PATH, configMap({ data: { a: "2", b: "3" }, immutable: true }));
        const found = await provider.read({ urn: URN(CONFIG_MAP), id: "ns/it", olds: state, inputs: configMap() });
        assert.deepEqual(found?.inputs, configMap({ data: { a: "2" } }));
        assert.deepEqual([found?.state["data"], found?.state["__fieldManager"]], [{ a: "2", b: "3" }, state["__fieldManager"]]);
    });

    it("imports what is there, without what no program says", async () => {
        api.objects.set(PATH, configMap({ metadata: { name: "it", namespace: "ns", uid: "1", resourceVersion: "2" }, status: {} }));
        const found = await provider.read({ urn: URN(CONFIG_MAP), id: "ns/it", olds: {}, inputs: {} });
        assert.deepEqual(found?.inputs, configMap());
    });

    it("waits until a deleted object is gone, and names what holds it", async () => {
        const { state } = await create(CONFIG_MAP, configMap());
        const held = configMap({ metadata: { name: "it", namespace: "ns", finalizers: ["example.org/hold"] } });
        api.special = ({ method }) => (method === "DELETE" ? { code: 200, body: held } : undefined);
        api.objects.set(PATH, held);
        await assert.rejects(provider.delete({ urn: URN(CONFIG_MAP), olds: state, timeout: 0.3 }), /ConfigMap ns\/it: 'it' timed out waiting to be deleted; finalizers might be preventing it \(example\.org\/hold\)$/);
        const deleted = provider.delete({ urn: URN(CONFIG_MAP), olds: state, timeout: 0 });
        await delay(200);
        api.objects.delete(PATH);
        await deleted;
        assert.equal((api.changes.at(-1)?.body)?.["propagationPolicy"], "Foreground");
    });

    it("takes another object of the same name for another one", async () => {
        const { state } = await create(CONFIG_MAP, configMap({ metadata: { name: "it", namespace: "ns", uid: "1" } }));
        api.special = ({ method }) => (method === "DELETE" ? { code: 200, body: {} } : undefined);
        api.objects.set(PATH, configMap({ metadata: { name: "it", namespace: "ns", uid: "2" } }));
        await provider.delete({ urn: URN(CONFIG_MAP), olds: state, timeout: 1 });
    });

    it("has deleted what isn't there", async () => {
        const { state } = await create(CONFIG_MAP, configMap());
        api.objects.clear();
        await provider.delete({ urn: URN(CONFIG_MAP), olds: state, timeout: 0 });
    });

    it("asks a busy API server again", async () => {
        api.special = ({ method }) => (method === "POST" && api.changes.length === 1 ? { ...status(429, "TooManyRequests", "later"), headers: { "retry-after": "1" } } : undefined);
        assert.equal((await create(CONFIG_MAP, configMap())).id, "ns/it");
    });

    it("previews without an API server, and says so", async () => {
        await api.stop();
        const alone = new Provider({ warn: (_, message) => { messages.push(message); }, status: () => undefined });
        await alone.configure({ "kubernetes:config:kubeconfig": kubeconfig });
        assert.match(messages[0] ?? "", /^configured Kubernetes cluster is unreachable: GET http:\/\/127\.0\.0\.1:\d+\/version: connect ECONNREFUSED/);
        assert.deepEqual((await alone.create({ urn: URN(CONFIG_MAP), news: configMap(), timeout: 0, preview: true })).state, configMap());
        await assert.rejects(alone.create({ urn: URN(CONFIG_MAP), news: configMap(), timeout: 0, preview: false }), /unreachable/);
    });

    const check = (type: string, news: Values) => provider.check({ urn: URN(type), olds: {}, news, seed: new Uint8Array([1]) });

    for (const [type, news, why] of [
        ["kubernetes:core/v1:ConfigMapPatch", configMap(), /ConfigMapPatch is not supported/],
        ["kubernetes:core/v1:ConfigMapList", { apiVersion: "v1", kind: "ConfigMapList" }, /ConfigMapList is a list/],
        ["kubernetes:helm.sh/v3:Release", {}, /helm\.sh\/v3 Release is no kind of the Kubernetes API/],
        [CONFIG_MAP, configMap({ metadata: { generateName: "x" } }), /generateName is not supported/],
        [CONFIG_MAP, configMap({ metadata: { name: "it", annotations: { "pulumi.com/waitFor": "jsonpath={.x}" } } }), /annotation pulumi\.com\/waitFor is jsonpath=\{\.x\}; this provider doesn't support it/],
    ] as [string, Values, RegExp][]) {
        it(`refuses ${type} ${String(why)}`, async () => { await assert.rejects(check(type, news), why); });
    }

    it("puts an object into the context's namespace, but not one that belongs to none", async () => {
        assert.deepEqual((await check(CONFIG_MAP, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" } }))["metadata"], { name: "x", namespace: "default" });
        assert.deepEqual((await check("kubernetes:core/v1:Namespace", { apiVersion: "v1", kind: "Namespace", metadata: { name: "x" } }))["metadata"], { name: "x" });
    });
});
