import { stackOf } from "../../policy/model/stack";
import type { Resource, Value } from "../../policy/model/resource";
import type { Posture } from "../../policy/posture/posture";
import type { Violation } from "../../policy/model/violation";
import type { StackRule } from "../../policy/rules/rule";
import { evaluator, loader, orchestrator, posture as base, resource } from "./fixtures";
import { change } from "./harness";

const INSTANCE = "app.kubernetes.io/instance";
export const LABELS = "spec.template.metadata.labels";
export const PORTS = "spec.template.spec.containers[0].ports";

/** Selects the pods of one workload. */
export const pods = (name: string): Value => ({ matchLabels: { [INSTANCE]: name } });
export const tcp = (port: Value): Value => ({ protocol: "TCP", port });

const TEMPLATE = base.services["evaluator-python"];

/** Two evaluators, one of which may call back; parties by labels and by addresses. */
export const posture: Posture = {
    ...base,
    services: { ...base.services, ...(TEMPLATE === undefined ? {} : { "evaluator-python": TEMPLATE, "evaluator-javascript": TEMPLATE }) },
    parties: {
        wiki: { namespaceSelector: { tier: "wiki" }, podSelector: { app: "mediawiki" } },
        dns: { namespaceSelector: { "kubernetes.io/metadata.name": "kube-system" }, podSelector: { "k8s-app": "kube-dns" } },
        cache: { cidr: "10.2.0.0/16" },
        mirror: { cidr: "2001:db8:1::/48" },
    },
    edges: [
        { from: "wiki", to: "orchestrator", ports: ["TCP/6254"] },
        { from: "orchestrator", to: "evaluator-python", ports: ["TCP/6927"] },
        { from: "orchestrator", to: "evaluator-javascript", ports: ["TCP/6927"] },
        { from: "evaluator-python", to: "orchestrator", ports: ["TCP/4974"] },
        { from: "orchestrator", to: "wiki", ports: ["TCP/4451", "TCP/4452", "TCP/4453"] },
        { from: "orchestrator", to: "dns", ports: ["UDP/53", "TCP/53"] },
        { from: "orchestrator", to: "cache", ports: ["TCP/11211"] },
        { from: "orchestrator", to: "mirror", ports: ["TCP/443"] },
    ],
};

function namespaceOf(name: string): Resource {
    return resource("kubernetes:core/v1:Namespace", name, { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { "app.kubernetes.io/part-of": "wikifunctions" } } });
}

/** A NetworkPolicy of the sandbox, or of the namespace named. */
export function policy(name: string, spec: { [key: string]: Value }, namespace: Value = posture.namespace): Resource {
    const type = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
    return resource(type, `${String(namespace)}-${name}`, { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name, namespace }, spec });
}

export function egress(name: string, from: Value, to: Value, ...ports: Value[]): Resource {
    return policy(name, { podSelector: from, policyTypes: ["Egress"], egress: [{ to: [to], ports }] });
}

export function ingress(name: string, to: Value, from: Value, ...ports: Value[]): Resource {
    return policy(name, { podSelector: to, policyTypes: ["Ingress"], ingress: [{ from: [from], ports }] });
}

export const WIKI: Value = { namespaceSelector: { matchLabels: { tier: "wiki" } }, podSelector: { matchLabels: { app: "mediawiki" } } };
const DNS: Value = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } }, podSelector: { matchLabels: { "k8s-app": "kube-dns" } } };

function denyOf(namespace: string): Resource {
    return policy("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }, namespace);
}

export const sandbox = namespaceOf(posture.namespace);
export const denies = [denyOf(posture.namespace), denyOf(posture.loaderNamespace)] as const;

function workload(template: Resource, name: string, ports: Record<string, number>): Resource {
    const named = { ...template, name, urn: template.urn.replace(/[^:]+$/, name), dependencies: denies.map(({ urn }) => urn) };
    const labels = { [INSTANCE]: name, "app.kubernetes.io/component": name.split("-")[0] ?? "" };
    const declared = Object.entries(ports).map(([port, containerPort]) => ({ name: port, containerPort, protocol: "TCP" }));
    return change(change(change(change(named, "metadata.name", name), LABELS, labels), "spec.selector.matchLabels", labels), PORTS, declared);
}

export const python = workload(evaluator, "evaluator-python", { http: 6927, metrics: 9090 });
export const javascript = workload(evaluator, "evaluator-javascript", { http: 6927, metrics: 9090 });
export const caller = workload(orchestrator, "orchestrator", { http: 6254, callback: 4974, metrics: 9100 });
export const profiles = { ...loader, dependencies: denies.map(({ urn }) => urn) };

const EVALUATORS = ["evaluator-python", "evaluator-javascript"];

export const policies: readonly Resource[] = [
    ingress("wiki-in", pods("orchestrator"), WIKI, tcp(6254)),
    ...EVALUATORS.flatMap((name) => [
        egress(`to-${name}`, pods("orchestrator"), { podSelector: pods(name) }, tcp(6927)),
        ingress(`at-${name}`, pods(name), { podSelector: pods("orchestrator") }, tcp(6927)),
    ]),
    egress("callback-out", pods("evaluator-python"), { podSelector: pods("orchestrator") }, tcp(4974)),
    ingress("callback-in", pods("orchestrator"), { podSelector: pods("evaluator-python") }, tcp(4974)),
    egress("to-wiki", pods("orchestrator"), WIKI, tcp(4451)),
    egress("to-dns", pods("orchestrator"), DNS, { protocol: "UDP", port: 53 }, tcp(53)),
    egress("to-cache", pods("orchestrator"), { ipBlock: { cidr: "10.2.3.0/24" } }, tcp(11_211)),
    egress("to-mirror", pods("orchestrator"), { ipBlock: { cidr: "2001:db8:1:2::/64" } }, tcp(443)),
];

/** A whole network that the posture approves. */
export const network: readonly Resource[] = [sandbox, namespaceOf(posture.loaderNamespace), ...denies, ...policies, profiles, caller, python, javascript];

/** The network with resources replaced by those of the same URN, and the rest added. */
export function withThese(...others: readonly Resource[]): Resource[] {
    const urns = new Set(others.map(({ urn }) => urn));
    return [...network.filter(({ urn }) => !urns.has(urn)), ...others];
}

/** The network without some of its resources. */
export function without(...others: readonly Resource[]): Resource[] {
    return network.filter((candidate) => !others.includes(candidate));
}

export function judgeStack(rule: StackRule, resources: readonly Resource[], more: Partial<Posture> = {}): Violation[] {
    return rule.check(stackOf(resources), { ...posture, ...more });
}
