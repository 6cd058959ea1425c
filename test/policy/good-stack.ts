import { asApproved } from "../../policy/posture/approved/as-approved";
import { isApprovable } from "../../policy/posture/approved/file";
import { configMapOf } from "../../policy/posture/loader";
import type { Posture } from "../../policy/posture/posture";
import type { Resource, Value } from "../../policy/model/resource";
import * as fixtures from "./fixtures";
import { resource } from "./fixtures";

const SANDBOX = "wikifunctions";
const LOADER = "wikifunctions-apparmor";

/** The resource, made after these. */
export function after(made: Resource, ...earlier: readonly Resource[]): Resource {
    return { ...made, dependencies: [...made.dependencies, ...earlier.map(({ urn }) => urn)] };
}

const most = { cpu: "6", memory: "2Gi", "ephemeral-storage": "1Gi" };

export const quota = after(resource("kubernetes:core/v1:ResourceQuota", "sandbox", {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "sandbox", namespace: SANDBOX },
    spec: { hard: { "limits.cpu": "6", "limits.memory": "2Gi", "limits.ephemeral-storage": "1Gi", pods: "10", secrets: "0" } },
}), fixtures.namespace);

export const limitRange = after(resource("kubernetes:core/v1:LimitRange", "sandbox", {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "sandbox", namespace: SANDBOX },
    spec: { limits: [{ type: "Container", max: most }, { type: "Pod", max: most }] },
}), fixtures.namespace);

export const priorityClass = resource("kubernetes:scheduling.k8s.io/v1:PriorityClass", "sandbox", {
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name: "wikifunctions-sandbox" },
    value: -1000,
    globalDefault: false,
    preemptionPolicy: "Never",
});

function networkPolicy(name: string, namespace: string, spec: Value): Resource {
    return resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", `${namespace}-${name}`, {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name, namespace },
        spec,
    });
}

const NOTHING = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
export const defaultDeny = after(networkPolicy("default-deny", SANDBOX, NOTHING), fixtures.namespace);
export const loaderDefaultDeny = after(networkPolicy("default-deny", LOADER, NOTHING), fixtures.loaderNamespace);

function instance(name: string): Value {
    return { matchLabels: { "app.kubernetes.io/instance": name } };
}

const ports = [{ port: 6927, protocol: "TCP" }];
export const wayOut = after(networkPolicy("orchestrator-to-evaluator-python-egress", SANDBOX, {
    podSelector: instance("orchestrator"),
    policyTypes: ["Egress"],
    egress: [{ to: [{ podSelector: instance("evaluator-python") }], ports }],
}), defaultDeny);
export const wayIn = after(networkPolicy("orchestrator-to-evaluator-python-ingress", SANDBOX, {
    podSelector: instance("evaluator-python"),
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ podSelector: instance("orchestrator") }], ports }],
}), defaultDeny);

export const profiles = after(resource("kubernetes:core/v1:ConfigMap", "apparmor", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: configMapOf(["orchestrator", "evaluator-python"].map((service) => fixtures.profileOf(service)[0])), namespace: LOADER },
    data: Object.fromEntries(["orchestrator", "evaluator-python"].map(fixtures.profileOf)),
}), fixtures.loaderNamespace);

const account = after(fixtures.serviceAccount, fixtures.namespace);
const orchestratorAccount = after(fixtures.orchestratorAccount, fixtures.namespace);
const loaderAccount = after(fixtures.loaderAccount, fixtures.loaderNamespace);

export const loader = after(fixtures.loader, loaderDefaultDeny, loaderAccount, profiles);

export const parameters = after(fixtures.admissionParameters, fixtures.namespace);
export const admission = [...fixtures.admissionPolicies, ...fixtures.admissionBindings];

// The namespaces and the profiles come first by way of these.
const measures = [parameters, ...admission, quota, limitRange, priorityClass, defaultDeny, wayOut, wayIn, loader];
export const evaluator = after(fixtures.evaluator, ...measures, account);
export const orchestrator = after(fixtures.orchestrator, ...measures, orchestratorAccount);

const root = resource("pulumi:pulumi:Stack", "wikifunctions-test", {});
const component = resource("wikifunctions:index:Sandbox", "sandbox", {});
export const budget = after(resource("kubernetes:policy/v1:PodDisruptionBudget", "evaluator-python", {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "evaluator-python", namespace: SANDBOX },
    spec: { maxUnavailable: 1, selector: instance("evaluator-python") },
}), ...measures);

/** A whole stack that every rule accepts, in the order in which it is made. */
export const goodStack: readonly Resource[] = [
    ...[root, fixtures.provider, component, fixtures.namespace, quota, limitRange, defaultDeny, priorityClass, parameters, ...admission],
    ...[fixtures.loaderNamespace, loaderDefaultDeny, loaderAccount, profiles, loader, wayOut, wayIn],
    ...[account, evaluator, after(fixtures.clusterService, evaluator), budget],
    ...[orchestratorAccount, orchestrator, after(fixtures.orchestratorService, orchestrator)],
];

/** The posture that approves it. */
export const goodPosture: Posture = { ...fixtures.posture, objects: goodStack.filter(isApprovable).map(asApproved) };
