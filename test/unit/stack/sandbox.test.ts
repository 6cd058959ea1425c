import assert from "node:assert/strict";
import { ofKind, only, run, type Registered } from "../support/program";
import { changed, valuesOf } from "../support/stacks";

describe("the sandbox", () => {
    let resources: Registered[];
    before(async () => { resources = await run("local", valuesOf("local")); });
    const inputs = (kind: string, name: string) => only(resources, kind, name).inputs;

    for (const [namespace, level] of [["wikifunctions", "restricted"], ["wikifunctions-apparmor", "privileged"]] as const) {
        it(`${namespace} holds pods to ${level}, and says so in every mode`, () => {
            const { labels } = inputs("Namespace", namespace).metadata;
            for (const mode of ["enforce", "audit", "warn"]) {
                assert.equal(labels[`pod-security.kubernetes.io/${mode}`], level);
                assert.equal(labels[`pod-security.kubernetes.io/${mode}-version`], "latest");
            }
        });

        it(`${namespace} denies all traffic both ways by default`, () => {
            const deny = ofKind(resources, "NetworkPolicy").filter(({ inputs: { metadata } }) => metadata.name === "default-deny" && metadata.namespace === namespace);
            assert.deepEqual(deny.map((policy) => policy.inputs.spec), [{ podSelector: {}, policyTypes: ["Ingress", "Egress"] }]);
        });
    }

    it("opens no edge before everything is denied", () => {
        const { urn } = only(resources.filter(({ name }) => name.startsWith("sandbox")), "NetworkPolicy", "default-deny");
        const edges = ofKind(resources, "NetworkPolicy").filter(({ name }) => !name.endsWith("default-deny"));
        assert.deepEqual(edges.filter(({ dependencies }) => !dependencies.includes(urn)).map(({ name }) => name), []);
        assert.equal(edges.length, 16);
    });

    it("has a quota for everything that can be asked for", () => {
        assert.deepEqual(inputs("ResourceQuota", "sandbox").spec.hard, {
            "requests.cpu": "12", "limits.cpu": "12", "requests.memory": "8Gi", "limits.memory": "8Gi",
            "requests.ephemeral-storage": "4Gi", "limits.ephemeral-storage": "4Gi", "pods": "20",
            "services.loadbalancers": "0", "services.nodeports": "0", "persistentvolumeclaims": "0", "secrets": "0",
        });
    });

    it("bounds containers and pods", () => {
        assert.deepEqual(inputs("LimitRange", "sandbox").spec.limits, [
            { type: "Container", max: { "cpu": "8", "memory": "3Gi", "ephemeral-storage": "1Gi" } },
            { type: "Pod", max: { "cpu": "10", "memory": "5Gi", "ephemeral-storage": "2Gi" } },
        ]);
    });

    it("comes after other workloads and displaces none", () => {
        const { value, preemptionPolicy, globalDefault } = inputs("PriorityClass", "wikifunctions-sandbox");
        assert.deepEqual({ value, preemptionPolicy, globalDefault }, { value: -1000, preemptionPolicy: "Never", globalDefault: false });
    });

    it("opens what the orchestrator offers, nothing else, and only inside the cluster", () => {
        const services = ofKind(resources, "Service").map(({ name, inputs: { spec } }) => [name, spec.type, ...spec.ports.map((port: { port: number }) => port.port)]);
        assert.deepEqual(services.sort(), [
            ["evaluator-javascript", "ClusterIP", 6927],
            ["evaluator-lua", "ClusterIP", 6927],
            ["evaluator-python", "ClusterIP", 6927],
            ["orchestrator", "ClusterIP", 6254, 4974],
        ]);
    });

    it("goes to the cluster that the stack names, with every resource", () => {
        const providers = resources.filter(({ type }) => type === "pulumi:providers:kubernetes");
        assert.deepEqual(providers.map((provider) => provider.inputs.context), ["wikifunctions-lab"]);
        assert.deepEqual(providers.map((provider) => provider.inputs.enableConfigMapMutable), ["true"]);
        const elsewhere = resources.filter(({ type, provider }) => type.startsWith("kubernetes:") && !provider.startsWith(`${providers[0]?.urn}::`));
        assert.deepEqual(elsewhere.map(({ urn }) => urn), []);
    });

    it("protects the measures where the stack says so, and nothing that comes and goes with the services", async () => {
        const kinds = (all: readonly Registered[]) => [...new Set(all.filter(({ protect }) => protect).map(({ type, name }) => `${type.split(":").at(-1)} ${name}`))].sort();
        assert.deepEqual(kinds(resources), []);
        const policies = ["cluster-objects", "connections", "loader", "objects", "pods", "replicas", "services"];
        assert.deepEqual(kinds(await run("staging", valuesOf("staging"))), [
            "Admission admission", "AppArmor apparmor", "ConfigMap admission", "DaemonSet apparmor", "LimitRange sandbox", "Namespace apparmor", "Namespace sandbox",
            "NetworkPolicy apparmor-default-deny", "NetworkPolicy sandbox-default-deny", "PriorityClass sandbox", "ResourceQuota sandbox",
            "Sandbox sandbox", "ServiceAccount apparmor",
            ...["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"].flatMap((kind) => policies.map((name) => `${kind} admission-${name}`)),
        ]);
    });

    it("skips the wait for Deployments only, and only where the stack says so", async () => {
        const skipping = (all: readonly Registered[]) => all
            .filter((resource) => resource.inputs?.metadata?.annotations?.["pulumi.com/skipAwait"] !== undefined).map(({ type }) => type);
        assert.deepEqual(skipping(resources), Array.from({ length: 4 }, () => "kubernetes:apps/v1:Deployment"));
        assert.deepEqual(skipping(await run("local", changed(valuesOf("local"), "waitForRollouts", true))), []);
    });
});
