import type { Measure } from "../../policy/model/violation";

type Manifest = Readonly<Record<string, unknown>>;

/** Somebody goes past Pulumi and its policies, with `kubectl` and an administrator's rights. */
export interface Attempt {
    readonly what: string;
    readonly manifest: Manifest;
    /** What the cluster says when it refuses; undefined where it lets it pass. */
    readonly refused?: RegExp;
    /** What the cluster makes of it, where it lets it pass and that matters. */
    readonly becomes?: RegExp;
}

const NAMESPACE = "wikifunctions";
const AMOUNTS = { cpu: "10m", memory: "16Mi", "ephemeral-storage": "1Mi" };
const metadata = { name: "attempt", namespace: NAMESPACE };
const CONTEXT = { allowPrivilegeEscalation: false, runAsNonRoot: true, runAsUser: 900, capabilities: { drop: ["ALL"] }, seccompProfile: { type: "RuntimeDefault" } };

/** A pod that the sandbox admits, with something changed in its container or its spec. */
function pod(container: Manifest = {}, spec: Manifest = {}): Manifest {
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata,
        spec: { containers: [{ name: "attempt", image: "attempt", resources: { requests: AMOUNTS, limits: AMOUNTS }, securityContext: CONTEXT, ...container }], ...spec },
    };
}

const secure = (change: Manifest): Manifest => pod({ securityContext: { ...CONTEXT, ...change } });
const limited = (change: Manifest): Manifest => pod({ resources: { requests: AMOUNTS, limits: { ...AMOUNTS, ...change } } });
const unlimited = (amount: keyof typeof AMOUNTS): Manifest => {
    const others = Object.fromEntries(Object.entries(AMOUNTS).filter(([name]) => name !== amount));
    return pod({ resources: { requests: others, limits: others } });
};
const service = (type: string): Manifest => ({ apiVersion: "v1", kind: "Service", metadata, spec: { type, ports: [{ port: 80 }] } });
/** A pod of two containers, each within the maximum. */
const inTwo = (limit: Manifest): Manifest => {
    const container = (name: string): Manifest => ({ name, image: "attempt", resources: { requests: AMOUNTS, limits: { ...AMOUNTS, ...limit } }, securityContext: CONTEXT });
    return pod({}, { containers: [container("one"), container("two")] });
};
const runtimeClass = (name: string): readonly Attempt[] => [
    { what: "a RuntimeClass that doesn't exist", manifest: pod({}, { runtimeClassName: name }), refused: new RegExp(`RuntimeClass "${name}" not found`) },
    { what: "no RuntimeClass", manifest: pod() },
];

/** For each measure what the README's table says of the cluster, tried on the stack `local`. */
export const ATTEMPTS: Readonly<Record<Measure, readonly Attempt[]>> = {
    "time-limit": [{ what: "an hour", manifest: pod({ env: [{ name: "FUNCTION_EVALUATOR_TIMEOUT_MS", value: "3600000" }] }) }],
    memory: [
        { what: "more than the maximum", manifest: limited({ memory: "4Gi" }), refused: /maximum memory usage per Container is 3Gi/ },
        { what: "no limit", manifest: unlimited("memory"), becomes: /"limits": \{[^}]*"memory": "3Gi"/ },
        { what: "more than is left of the quota", manifest: inTwo({ memory: "2Gi" }), refused: /exceeded quota: sandbox.*limits.memory/ },
    ],
    cpu: [
        { what: "more than the maximum", manifest: limited({ cpu: "9" }), refused: /maximum cpu usage per Container is 8/ },
        { what: "more than is left of the quota", manifest: limited({ cpu: "7500m" }), refused: /exceeded quota: sandbox.*limits.cpu/ },
    ],
    network: [
        { what: "the host's network", manifest: pod({}, { hostNetwork: true }), refused: /violates PodSecurity "restricted:latest": host namespaces/ },
        { what: "a LoadBalancer", manifest: service("LoadBalancer"), refused: /exceeded quota: sandbox.*services.loadbalancers/ },
        { what: "a NodePort", manifest: service("NodePort"), refused: /exceeded quota: sandbox.*services.nodeports/ },
        { what: "a policy that opens everything", manifest: { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata, spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] } } },
    ],
    "read-only-root": [{ what: "a writable root file system", manifest: secure({ readOnlyRootFilesystem: false }) }],
    "no-privilege-escalation": [
        { what: "privilege escalation", manifest: secure({ allowPrivilegeEscalation: true }), refused: /violates PodSecurity.*allowPrivilegeEscalation != false/ },
        { what: "a privileged container", manifest: secure({ privileged: true, allowPrivilegeEscalation: true }), refused: /violates PodSecurity.*privileged/ },
    ],
    capabilities: [
        { what: "capabilities kept", manifest: secure({ capabilities: {} }), refused: /violates PodSecurity.*unrestricted capabilities/ },
        { what: "a capability added", manifest: secure({ capabilities: { drop: ["ALL"], add: ["NET_RAW"] } }), refused: /violates PodSecurity.*capabilities/ },
        { what: "root", manifest: secure({ runAsUser: 0, runAsNonRoot: false }), refused: /violates PodSecurity.*runAsNonRoot != true/ },
    ],
    selinux: [
        { what: "an unconfined type", manifest: secure({ seLinuxOptions: { type: "spc_t" } }), refused: /violates PodSecurity.*seLinuxOptions/ },
        { what: "a user", manifest: secure({ seLinuxOptions: { user: "system_u" } }), refused: /violates PodSecurity.*seLinuxOptions/ },
        { what: "a type for containers", manifest: secure({ seLinuxOptions: { type: "container_t" } }) },
    ],
    seccomp: [
        { what: "Unconfined", manifest: secure({ seccompProfile: { type: "Unconfined" } }), refused: /violates PodSecurity.*seccompProfile/ },
        { what: "no profile", manifest: secure({ seccompProfile: null }), refused: /violates PodSecurity.*seccompProfile/ },
    ],
    apparmor: [
        { what: "Unconfined", manifest: secure({ appArmorProfile: { type: "Unconfined" } }), refused: /violates PodSecurity.*forbidden AppArmor profile/ },
        { what: "no profile", manifest: pod() },
    ],
    gvisor: runtimeClass("gvisor"),
    kata: runtimeClass("kata"),
    firecracker: runtimeClass("kata-fc"),
    admission: [
        { what: "a pod that restricts nothing", manifest: pod({ securityContext: {} }), refused: /violates PodSecurity "restricted:latest"/ },
        { what: "another label on the namespace", manifest: { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE, labels: { "pod-security.kubernetes.io/enforce": "privileged" } } } },
    ],
};
