import type { Properties, Resource, Resources } from "../../project";

export const NAMESPACE = "provided";
const ENFORCE = "pod-security.kubernetes.io/enforce";

const inside = (name: string, more: Properties = {}): Properties => ({ name, namespace: NAMESPACE, ...more });

/** In the namespace, and after it. */
export const made = (object: Properties, options: Properties = {}): Resource => ({ object, options, dependsOn: ["namespace"] });

export const configMap = (name: string, data: Properties): Resource => made({ apiVersion: "v1", kind: "ConfigMap", metadata: inside(name), data });

/** Gets a name of its own from the provider. */
export const unnamed = (data: Properties): Resource => made({ apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: NAMESPACE }, data });

export const account = (metadata: Properties = {}): Resource => made({ apiVersion: "v1", kind: "ServiceAccount", metadata: inside("account", metadata), automountServiceAccountToken: false });

/** Quantities and empty values stand here as people write them, and otherwise than the API server gives them back. */
export const deployment = (name: string, spec: Properties = {}, annotations: Properties = {}, options: Properties = {}): Resource => made({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: inside(name, { annotations }),
    spec: {
        selector: { matchLabels: { app: name } },
        template: {
            metadata: { labels: { app: name } },
            spec: {
                containers: [{
                    name: "main",
                    image: "example.org/image:1",
                    env: [{ name: "EMPTY", value: "" }],
                    resources: { requests: { cpu: "1000m", memory: "0.5Gi" }, limits: { cpu: 2, memory: "1024Mi" } },
                }],
            },
        },
        ...spec,
    },
}, options);

/** The program that the tests change. */
export const EVERYTHING: Resources = {
    namespace: { object: { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE, labels: { [ENFORCE]: "baseline" } } } },
    account: account(),
    config: configMap("config", { one: "1", empty: "" }),
    unnamed: unnamed({ one: "1" }),
    secret: made({ apiVersion: "v1", kind: "Secret", metadata: inside("secret"), stringData: { key: "value" } }),
    deny: made({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: inside("deny"), spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [] } }),
    quota: made({ apiVersion: "v1", kind: "ResourceQuota", metadata: inside("quota"), spec: { hard: { "requests.cpu": "20000m", "pods": "20" } } }),
    deployment: deployment("deployment", {}, { "pulumi.com/skipAwait": "true" }),
};
