import assert from "node:assert/strict";
import { renderProfiles } from "../../../infra/apparmor/profiles";
import { ofKind, only, run, type Registered } from "../support/program";
import { STACKS, valuesOf } from "../support/stacks";

/** Every field of a workload's pod that protects, and what it has to be. The path starts at the pod's spec; `c` is the container. */
const POD: readonly [string, unknown][] = [
    ["automountServiceAccountToken", false],
    ["enableServiceLinks", false],
    ["dnsPolicy", "None"],
    ["securityContext.runAsNonRoot", true],
    ["securityContext.runAsUser", 900],
    ["securityContext.runAsGroup", 900],
    ["securityContext.seccompProfile", { type: "RuntimeDefault" }],
    ["hostNetwork", undefined],
    ["hostPID", undefined],
    ["hostIPC", undefined],
    ["hostUsers", undefined],
    ["shareProcessNamespace", undefined],
    ["initContainers", undefined],
    ["volumes", undefined],
];
const CONTAINER: readonly [string, unknown][] = [
    ["securityContext.allowPrivilegeEscalation", false],
    ["securityContext.privileged", false],
    ["securityContext.readOnlyRootFilesystem", true],
    ["securityContext.runAsNonRoot", true],
    ["securityContext.runAsUser", 900],
    ["securityContext.runAsGroup", 900],
    ["securityContext.capabilities", { drop: ["ALL"] }],
    ["securityContext.seccompProfile", { type: "RuntimeDefault" }],
    ["securityContext.seLinuxOptions", undefined],
    ["securityContext.procMount", undefined],
    ["volumeMounts", undefined],
    ["envFrom", undefined],
    ["lifecycle", undefined],
    ["readinessProbe.httpGet", { path: "/_info", port: "http" }],
    ["startupProbe.httpGet", { path: "/_info", port: "http" }],
    ["livenessProbe.tcpSocket", { port: "http" }],
];

function at(value: unknown, path: string): unknown {
    return path.split(".").reduce<unknown>((inner, step) => (inner as Record<string, unknown> | undefined)?.[step], value);
}

for (const stack of STACKS) {
    describe(`the measures in ${stack}`, () => {
        let resources: Registered[];
        let deployments: Registered[];
        before(async () => {
            resources = await run(stack, valuesOf(stack));
            deployments = ofKind(resources, "Deployment");
        });
        const names = ["orchestrator", ...Object.keys(valuesOf(stack)["evaluators"] as object).map((language) => `evaluator-${language}`)];
        const podOf = (name: string) => only(resources, "Deployment", name).inputs.spec.template;

        it("are about exactly these workloads, one container each", () => {
            assert.deepEqual(deployments.map(({ name }) => name).sort(), [...names].sort());
            assert.ok(deployments.every(({ inputs }) => inputs.spec.template.spec.containers.length === 1));
        });

        for (const name of names) {
            for (const [path, expected] of POD) {
                it(`${name}: ${path} is ${JSON.stringify(expected) ?? "not set"}`, () => {
                    assert.deepEqual(at(podOf(name).spec, path), expected);
                });
            }
            for (const [path, expected] of CONTAINER) {
                it(`${name}, container: ${path} is ${JSON.stringify(expected) ?? "not set"}`, () => {
                    assert.deepEqual(at(podOf(name).spec.containers[0], path), expected);
                });
            }

            it(`${name} has its AppArmor profile in the pod's field, the container's and the pod template's annotation`, () => {
                const { metadata, spec } = podOf(name);
                const [container] = spec.containers;
                const profile = renderProfiles().nameOf(name);
                assert.deepEqual(spec.securityContext.appArmorProfile, { type: "Localhost", localhostProfile: profile });
                assert.deepEqual(container.securityContext.appArmorProfile, { type: "Localhost", localhostProfile: profile });
                assert.deepEqual(metadata.annotations, { [`container.apparmor.security.beta.kubernetes.io/${container.name}`]: `localhost/${profile}` });
            });

            it(`${name} has requests and limits for CPU, memory and ephemeral storage, as text`, () => {
                const { requests, limits } = podOf(name).spec.containers[0].resources;
                for (const amounts of [requests, limits]) {
                    assert.deepEqual(Object.keys(amounts).sort(), ["cpu", "ephemeral-storage", "memory"]);
                    assert.ok(Object.values(amounts).every((amount) => typeof amount === "string"));
                }
            });

            it(`${name} takes the low priority`, () => {
                const [priority] = ofKind(resources, "PriorityClass");
                assert.equal(podOf(name).spec.priorityClassName, priority?.inputs.metadata.name);
            });

            it(`${name} has an account that mounts no token`, () => {
                assert.equal(podOf(name).spec.serviceAccountName, name);
                assert.equal(only(resources, "ServiceAccount", name).inputs.automountServiceAccountToken, false);
            });

            it(`${name} rolls without a gap and stops within half a minute`, () => {
                const { strategy } = only(resources, "Deployment", name).inputs.spec;
                assert.deepEqual(strategy, { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
                assert.ok(podOf(name).spec.terminationGracePeriodSeconds <= 30);
            });

            it(`${name} is spread and has a disruption budget if it has replicas to lose`, () => {
                const { replicas } = only(resources, "Deployment", name).inputs.spec;
                const budgets = ofKind(resources, "PodDisruptionBudget").filter(({ inputs }) => inputs.metadata.name === name);
                assert.equal(budgets.length, replicas > 1 ? 1 : 0);
                assert.equal(podOf(name).spec.topologySpreadConstraints?.length ?? 0, replicas > 1 ? 1 : 0);
            });

            it(`${name} has a time limit, literally`, () => {
                const env: { name: string; value?: string }[] = podOf(name).spec.containers[0].env;
                const limit = env.find((variable) => variable.name.endsWith("_TIMEOUT_MS"));
                assert.equal(limit?.value, name === "orchestrator" ? "9700" : "9000");
                assert.ok(env.every((variable) => typeof variable.value === "string"));
            });

            it(`${name} starts only after all that confines it`, () => {
                const waitsFor = new Set(only(resources, "Deployment", name).dependencies);
                const confining = resources.filter(({ type, urn }) => /:(Namespace|ResourceQuota|LimitRange|NetworkPolicy|PriorityClass|ConfigMap|DaemonSet|RuntimeClass|ValidatingAdmissionPolicy|ValidatingAdmissionPolicyBinding)$/.test(type) && urn !== "");
                assert.ok(confining.length > 10);
                assert.deepEqual(confining.filter(({ urn }) => !waitsFor.has(urn)).map(({ urn }) => urn), []);
            });
        }

        it("let no evaluator ask a resolver", () => {
            for (const name of names.filter((workload) => workload !== "orchestrator")) {
                assert.deepEqual(podOf(name).spec.dnsConfig, { nameservers: ["127.0.0.1"] });
            }
        });
    });
}
