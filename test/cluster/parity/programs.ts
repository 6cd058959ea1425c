import { edit, type Edits } from "./edits";
import type { Properties, Resources } from "../../project";

const PSA = "pod-security.kubernetes.io/enforce";
const SKIP_AWAIT = { "pulumi.com/skipAwait": "true" };

const container = (image: string): Properties => ({
    name: "main",
    image,
    env: [{ name: "EMPTY", value: "" }, { name: "FULL", value: "1" }],
    ports: [{ containerPort: 6254, name: "http" }],
    resources: { requests: { cpu: "1000m", memory: "0.5Gi" }, limits: { "cpu": 2, "memory": "1024Mi", "ephemeral-storage": "100M" } },
    readinessProbe: { httpGet: { path: "/_info", port: "http" }, initialDelaySeconds: 0, periodSeconds: 5 },
    securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
});

export const pods = (labels: Properties, image = "example.org/image:1"): Properties => ({
    metadata: { labels, annotations: { "container.apparmor.security.beta.kubernetes.io/main": "runtime/default" } },
    spec: { automountServiceAccountToken: false, hostNetwork: false, enableServiceLinks: false, securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } }, containers: [container(image)] },
});

/** One of each kind that the services are made of, and a few more. */
export const everything = (namespace: string): Resources => {
    const inside = (name: string, more: Properties = {}): Properties => ({ name, namespace, ...more });
    const all: Record<string, Properties> = {
        quota: { apiVersion: "v1", kind: "ResourceQuota", metadata: inside("quota"), spec: { hard: { "requests.cpu": "20000m", "pods": "20" } } },
        limits: { apiVersion: "v1", kind: "LimitRange", metadata: inside("limits"), spec: { limits: [{ type: "Container", max: { cpu: "8", memory: "3072Mi" } }] } },
        deny: { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: inside("deny"), spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [] } },
        edge: { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: inside("edge"), spec: { podSelector: { matchLabels: { app: "a" } }, policyTypes: ["Egress"], egress: [{ to: [{ podSelector: { matchLabels: { app: "b" } } }], ports: [{ port: 6927, protocol: "TCP" }] }] } },
        account: { apiVersion: "v1", kind: "ServiceAccount", metadata: inside("account"), automountServiceAccountToken: false },
        config: { apiVersion: "v1", kind: "ConfigMap", metadata: inside("config", { labels: { app: "a" } }), data: { one: "1", empty: "" } },
        unnamed: { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace }, data: { one: "1" } },
        secret: { apiVersion: "v1", kind: "Secret", metadata: inside("secret"), stringData: { key: "value" } },
        deployment: { apiVersion: "apps/v1", kind: "Deployment", metadata: inside("deployment", { annotations: SKIP_AWAIT }), spec: { replicas: 2, selector: { matchLabels: { app: "a" } }, template: pods({ app: "a" }) } },
        daemons: { apiVersion: "apps/v1", kind: "DaemonSet", metadata: inside("daemons"), spec: { selector: { matchLabels: { app: "d" } }, template: pods({ app: "d" }) } },
        service: { apiVersion: "v1", kind: "Service", metadata: inside("service"), spec: { selector: { app: "a" }, ports: [{ port: 80, targetPort: "http" }] } },
        headless: { apiVersion: "v1", kind: "Service", metadata: inside("headless"), spec: { clusterIP: "None", selector: { app: "a" }, ports: [{ port: 80 }] } },
        budget: { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: inside("budget"), spec: { minAvailable: "50%", selector: { matchLabels: { app: "a" } } } },
        role: { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata: inside("role"), rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] },
        binding: { apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", metadata: inside("binding"), roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "role" }, subjects: [{ kind: "ServiceAccount", name: "account", namespace }] },
        job: { apiVersion: "batch/v1", kind: "Job", metadata: inside("job", { annotations: SKIP_AWAIT }), spec: { backoffLimit: 0, template: { spec: { restartPolicy: "Never", containers: [container("example.org/job:1")] } } } },
        priority: { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: `${namespace}-low` }, value: -1000, preemptionPolicy: "Never", globalDefault: false },
        runtime: { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name: `${namespace}-gvisor` }, handler: "runsc", overhead: { podFixed: { cpu: "250m" } } },
        guard: { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicy", metadata: { name: `${namespace}-guard` }, spec: { failurePolicy: "Fail", matchConstraints: { resourceRules: [{ apiGroups: ["apps"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["statefulsets"] }] }, validations: [{ expression: "true" }] } },
        guarded: { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicyBinding", metadata: { name: `${namespace}-guarded` }, spec: { policyName: `${namespace}-guard`, validationActions: ["Deny"], matchResources: { namespaceSelector: { matchLabels: { nobody: "has-it" } } } } },
    };
    return {
        namespace: { object: { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels: { [PSA]: "baseline" } } } },
        ...Object.fromEntries(Object.entries(all).map(([name, object]) => [name, { object, dependsOn: ["namespace"] }])),
    };
};

/** The same resources, some of them edited. */
export function edited(resources: Resources, edits: Readonly<Record<string, Edits>>): Resources {
    return Object.fromEntries(Object.entries(resources).map(([name, resource]) => [name, { ...resource, object: edit(resource.object, edits[name]) }]));
}
