import { createHash } from "node:crypto";
import { configMapOf } from "../../policy/posture/loader";
import type { Resource, Value } from "../../policy/model/resource";
import type { Posture } from "../../policy/posture/posture";

const IMAGES = "registry.example.org/wikifunctions";
const DIGEST = `sha256:${"a".repeat(64)}`;
const ANNOTATION = "container.apparmor.security.beta.kubernetes.io";

/** The text of a profile that grants next to nothing. */
function profileText(name: string): string {
    return `abi <abi/3.0>,\nprofile ${name} flags=(attach_disconnected) {\n  network inet stream,\n  /usr/lib/** mr,\n  deny /proc/** w,\n}\n`;
}

/** Name and text of the profile of a service, as the loader has it. */
export function profileOf(service: string): readonly [name: string, text: string] {
    const plain = `wikifunctions-${service}`;
    const name = `${plain}-${createHash("sha256").update(profileText(plain)).digest("hex").slice(0, 12)}`;
    return [name, profileText(name)];
}

const SERVICES = ["orchestrator", "evaluator-python"];

/** An admission policy that says little, but has a part of each sort. */
function admissionSpec(name: string, namespace: string, deployers: string): Value {
    return {
        failurePolicy: "Fail",
        ...(name === "services" ? { paramKind: { apiVersion: "v1", kind: "ConfigMap" } } : {}),
        matchConstraints: {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
            resourceRules: [{ apiGroups: [""], apiVersions: ["*"], operations: ["CREATE", "UPDATE"], resources: ["pods"], scope: "*" }],
        },
        matchConditions: [{ name: "not-a-deployer", expression: `!(${deployers})` }],
        variables: [{ name: "containers", expression: "object.spec.containers" }],
        validations: [
            { expression: "size(variables.containers) == 1", message: "one container", reason: "Forbidden" },
            { expression: "!has(object.spec.volumes)", message: "no volumes", reason: "Forbidden" },
        ],
    };
}

/** A stack with one orchestrator, one evaluator and the loader; its objects are approved in `good-stack.ts`. */
export const posture: Posture = {
    clusters: [{ context: "test" }],
    namespace: "wikifunctions",
    loaderNamespace: "wikifunctions-apparmor",
    priorityClass: "wikifunctions-sandbox",
    imageRepositories: [`${IMAGES}/`],
    requireDigests: true,
    minRuntimeClasses: {},
    objects: [],
    services: { orchestrator: { role: "orchestrator" }, "evaluator-python": { role: "evaluator" } },
    parties: { wiki: { namespaceSelector: { "kubernetes.io/metadata.name": "wiki" }, podSelector: { app: "mediawiki" } } },
    edges: [
        { from: "wiki", to: "orchestrator", ports: ["TCP/6254"] },
        { from: "orchestrator", to: "evaluator-python", ports: ["TCP/6927"] },
    ],
    waivers: [],
    surroundings: {},
};

const PROVIDER = { urn: "urn:pulumi:test::wikifunctions::pulumi:providers:kubernetes::cluster", type: "pulumi:providers:kubernetes", name: "cluster", props: { context: "test" } };

/** A resource as the pack sees it, from what its manifest says. */
export function resource(type: string, name: string, props: Record<string, Value>, more: Partial<Resource> = {}): Resource {
    return {
        urn: `urn:pulumi:test::wikifunctions::${type}::${name}`,
        type,
        name,
        props,
        options: { protect: false, ignoreChanges: [], deleteBeforeReplace: false },
        ...(type.startsWith("kubernetes:") ? { provider: PROVIDER } : {}),
        dependencies: [],
        ...more,
    };
}

function container(name: string, image: string, env: Record<string, string>, profile: string): Value {
    return {
        name,
        image: `${IMAGES}/${image}@${DIGEST}`,
        env: Object.entries(env).map(([variable, value]) => ({ name: variable, value })),
        ports: [{ name: "http", containerPort: 6927, protocol: "TCP" }],
        resources: {
            requests: { cpu: "1", memory: "200Mi", "ephemeral-storage": "64Mi" },
            limits: { cpu: "1", memory: "1Gi", "ephemeral-storage": "256Mi" },
        },
        securityContext: {
            allowPrivilegeEscalation: false,
            privileged: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            runAsUser: 900,
            runAsGroup: 900,
            capabilities: { drop: ["ALL"] },
            seccompProfile: { type: "RuntimeDefault" },
            appArmorProfile: { type: "Localhost", localhostProfile: profile },
        },
        readinessProbe: { httpGet: { path: "/_info", port: "http" } },
        livenessProbe: { tcpSocket: { port: "http" } },
    };
}

function service(name: string, role: string, nameserver: string, image: string, env: Record<string, string>): Resource {
    const [profile] = profileOf(name);
    const labels = { "app.kubernetes.io/instance": name, "app.kubernetes.io/component": role };
    return resource("kubernetes:apps/v1:Deployment", name, {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name, namespace: "wikifunctions", labels },
        spec: {
            replicas: 1,
            selector: { matchLabels: labels },
            template: {
                metadata: { labels, annotations: { [`${ANNOTATION}/${role}`]: `localhost/${profile}` } },
                spec: {
                    serviceAccountName: name,
                    automountServiceAccountToken: false,
                    enableServiceLinks: false,
                    dnsPolicy: "None",
                    dnsConfig: { nameservers: [nameserver] },
                    priorityClassName: "wikifunctions-sandbox",
                    terminationGracePeriodSeconds: 15,
                    securityContext: {
                        runAsNonRoot: true,
                        runAsUser: 900,
                        runAsGroup: 900,
                        seccompProfile: { type: "RuntimeDefault" },
                        appArmorProfile: { type: "Localhost", localhostProfile: profile },
                    },
                    containers: [container(role, image, env, profile)],
                },
            },
        },
    });
}

export const evaluator = service("evaluator-python", "evaluator", "127.0.0.1", "function-evaluator", { FUNCTION_EVALUATOR_TIMEOUT_MS: "9000", EXECUTOR_PROCESS_POOL_SIZE: "5", WASMTIME_MEMORY_PAGES: "2500" });

export const orchestrator = service("orchestrator", "orchestrator", "10.96.0.10", "function-orchestrator", { ORCHESTRATOR_TIMEOUT_MS: "9700" });

/** The one workload that may do more: root, one capability, one path of the node. */
export const loader = resource("kubernetes:apps/v1:DaemonSet", "apparmor-loader", {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "apparmor-loader", namespace: "wikifunctions-apparmor" },
    spec: {
        selector: { matchLabels: { "app.kubernetes.io/name": "apparmor-loader" } },
        template: {
            metadata: { labels: { "app.kubernetes.io/name": "apparmor-loader" } },
            spec: {
                serviceAccountName: "apparmor-loader",
                automountServiceAccountToken: false,
                enableServiceLinks: false,
                priorityClassName: "system-node-critical",
                containers: [
                    {
                        name: "apparmor-loader",
                        image: `${IMAGES}/apparmor-loader@${DIGEST}`,
                        command: ["/usr/local/bin/load.sh", "run"],
                        env: [{ name: "EXPECTED_PROFILES", value: SERVICES.map((service) => profileOf(service)[0]).join(" ") }],
                        resources: {
                            requests: { cpu: "10m", memory: "32Mi", "ephemeral-storage": "16Mi" },
                            limits: { cpu: "200m", memory: "128Mi", "ephemeral-storage": "64Mi" },
                        },
                        securityContext: {
                            runAsUser: 0,
                            allowPrivilegeEscalation: false,
                            readOnlyRootFilesystem: true,
                            capabilities: { drop: ["ALL"], add: ["MAC_ADMIN"] },
                            seccompProfile: { type: "RuntimeDefault" },
                            appArmorProfile: { type: "Unconfined" },
                        },
                        readinessProbe: { exec: { command: ["/usr/local/bin/load.sh", "ready"] } },
                        volumeMounts: [
                            { name: "securityfs", mountPath: "/sys/kernel/security" },
                            { name: "profiles", mountPath: "/etc/wikifunctions/profiles", readOnly: true },
                        ],
                    },
                ],
                volumes: [
                    { name: "securityfs", hostPath: { path: "/sys/kernel/security", type: "Directory" } },
                    { name: "profiles", configMap: { name: configMapOf(SERVICES.map((service) => profileOf(service)[0])) } },
                ],
            },
        },
    },
});

export const pods = { evaluator, orchestrator, loader };

function clusterServiceOf(name: string, port: number): Resource {
    return resource("kubernetes:core/v1:Service", name, {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name, namespace: "wikifunctions" },
        spec: { type: "ClusterIP", selector: { "app.kubernetes.io/instance": name }, ports: [{ port }] },
    });
}

function serviceAccountOf(name: string, space: string): Resource {
    return resource("kubernetes:core/v1:ServiceAccount", name, {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name, namespace: space },
        automountServiceAccountToken: false,
    });
}

export const clusterService = clusterServiceOf("evaluator-python", 6927);
export const orchestratorService = clusterServiceOf("orchestrator", 6254);
export const serviceAccount = serviceAccountOf("evaluator-python", "wikifunctions");
export const orchestratorAccount = serviceAccountOf("orchestrator", "wikifunctions");
export const loaderAccount = serviceAccountOf("apparmor-loader", "wikifunctions-apparmor");

function admissionObject(kind: string, name: string, spec: Value): Resource {
    return resource(`kubernetes:admissionregistration.k8s.io/v1:${kind}`, `admission-${name}`, { apiVersion: "admissionregistration.k8s.io/v1", kind, metadata: { name: `wikifunctions-${name}` }, spec });
}

const parameters = { paramRef: { name: "admission", namespace: "wikifunctions", parameterNotFoundAction: "Deny" } };
export const admissionPolicies = ["pods", "services"].map((name) => admissionObject("ValidatingAdmissionPolicy", name, admissionSpec(name, "wikifunctions", "request.userInfo.username in ['deploy']")));
export const admissionBindings = ["pods", "services"].map((name) =>
    admissionObject("ValidatingAdmissionPolicyBinding", name, { policyName: `wikifunctions-${name}`, validationActions: ["Deny", "Audit"], ...(name === "services" ? parameters : {}) }));

export const admissionParameters = resource("kubernetes:core/v1:ConfigMap", "admission", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "admission", namespace: "wikifunctions" },
    data: {
        priorityClass: "wikifunctions-sandbox",
        requireDigests: "true",
        "apparmor-loader.image": `${IMAGES}/apparmor-loader`,
        "orchestrator.role": "orchestrator",
        "orchestrator.image": `${IMAGES}/function-orchestrator`,
        "orchestrator.profile": profileOf("orchestrator")[0],
        "orchestrator.nameserver": "10.96.0.10",
        "orchestrator.replicas": "1",
        "orchestrator.cpu": "1",
        "orchestrator.memory": "1Gi",
        "orchestrator.ephemeralStorage": "256Mi",
        "orchestrator.env.ORCHESTRATOR_TIMEOUT_MS": "9700",
        "evaluator-python.role": "evaluator",
        "evaluator-python.image": `${IMAGES}/function-evaluator`,
        "evaluator-python.profile": profileOf("evaluator-python")[0],
        "evaluator-python.nameserver": "127.0.0.1",
        "evaluator-python.replicas": "1",
        "evaluator-python.cpu": "1",
        "evaluator-python.memory": "1Gi",
        "evaluator-python.ephemeralStorage": "256Mi",
        "evaluator-python.env.FUNCTION_EVALUATOR_TIMEOUT_MS": "9000",
        "evaluator-python.env.EXECUTOR_PROCESS_POOL_SIZE": "5",
        "evaluator-python.env.WASMTIME_MEMORY_PAGES": "2500",
    },
});

export const provider = resource("pulumi:providers:kubernetes", "cluster", { context: "test", enableConfigMapMutable: "true", version: "4.34.2" });

function namespaceOf(name: string, spaceName: string, level: string): Resource {
    const labels = Object.fromEntries(["enforce", "audit", "warn"].flatMap((mode) => [[`pod-security.kubernetes.io/${mode}`, level], [`pod-security.kubernetes.io/${mode}-version`, "latest"]]));
    return resource("kubernetes:core/v1:Namespace", name, { apiVersion: "v1", kind: "Namespace", metadata: { name: spaceName, labels } });
}

export const namespace = namespaceOf("sandbox", "wikifunctions", "restricted");
export const loaderNamespace = namespaceOf("apparmor", "wikifunctions-apparmor", "privileged");
