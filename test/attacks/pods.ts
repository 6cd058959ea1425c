import { readFileSync } from "node:fs";
import path from "node:path";
import { MEASURES, type Language } from "./attack";

type Fields = Record<string, unknown>;

/** A namespace without NetworkPolicies, and one with nothing but the sandbox's default deny. */
export const NAMESPACES = { open: "attacks", denied: "attacks-network" } as const;
/** Not routed anywhere but to the pod that plays them: documentation's addresses, and the clouds' metadata service. */
export const OUTSIDE = { internet: "198.51.100.1", metadata: "169.254.169.254", internetIPv6: "2001:db8::1" } as const;
export const OUTSIDE_POD = "outside";
/** Its RuntimeClass. */
export const GVISOR = "attacks-gvisor";

/** The sandboxed container, as far as a measure is put back from it. */
export interface Sandboxed extends Fields {
    readonly image: string;
    readonly env: readonly { readonly name: string; readonly value: string }[];
}

const FREE = {
    runAsUser: 0,
    runAsGroup: 0,
    allowPrivilegeEscalation: true,
    readOnlyRootFilesystem: false,
    capabilities: { add: ["ALL"] },
    seccompProfile: { type: "Unconfined" },
    appArmorProfile: { type: "Unconfined" },
};

/** Longer than what any attack waits for. */
const NO_TIME_LIMIT = { name: "FUNCTION_EVALUATOR_TIMEOUT_MS", value: "60000" };
/** Out of the pod's cgroup, whose limit of processes the kubelet sets on every pod; then the image's own command. */
const LEAVE_CGROUP = "import os; open('/sys/fs/cgroup/cgroup.procs', 'w').write('0')";

function fieldAt(object: unknown, dotted: string): unknown {
    return dotted.split(".").reduce<unknown>((value, key) => (value as Fields | undefined)?.[key], object);
}

function withField(object: Fields, [key = "", ...rest]: readonly string[], value: unknown): Fields {
    return { ...object, [key]: rest.length === 0 ? value : withField((object[key] ?? {}) as Fields, rest, value) };
}

function pod(at: { readonly name: string; readonly namespace: string }, container: Fields, spec: Fields = {}): Fields {
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { ...at, labels: { app: at.name } },
        spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: 0,
            tolerations: [{ operator: "Exists" }],
            containers: [{ name: "evaluator", imagePullPolicy: "IfNotPresent", ...container }],
            ...spec,
        },
    };
}

/** Whether there is one for each language; of the others there is one, for Python. */
export const isOfEachLanguage = (where: string): boolean => ["control", "patient"].includes(where);

/** What the pod of `podFor` is called, and where it is. */
export function podIn(where: string, language: Language): { readonly name: string; readonly namespace: string } {
    return {
        name: isOfEachLanguage(where) ? `${where}-${language}` : where === "gvisor" ? where : `only-${where}`,
        namespace: ["network", "gvisor", "patient"].includes(where) ? NAMESPACES.denied : NAMESPACES.open,
    };
}

/** Asked only until the pod is up: a probe costs an emulated node more than an attack does. */
const READY = { httpGet: { path: "/_info", port: 6927 }, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 60 };

/** A pod in which nothing stops an attack. */
function control(language: Language, { image }: Sandboxed): Fields {
    const leave = language === "python" ? { command: ["python3", "-c", `${LEAVE_CGROUP}; os.execvp('python3', ['python3', '/srv/service/service.py'])`] } : {};
    return pod(podIn("control", language), { image, ...leave, env: [NO_TIME_LIMIT], startupProbe: READY, securityContext: { ...FREE, privileged: true } });
}

/** A pod in which one measure alone stops an attack. */
function variant(measure: string, sandboxed: Sandboxed): Fields {
    // With these two the runtime's filter of system calls lets most things pass.
    const start: Fields = { image: sandboxed.image, env: [NO_TIME_LIMIT], startupProbe: READY, securityContext: measure === "seccomp" ? { ...FREE, capabilities: { add: ["ALL"], drop: ["SYS_ADMIN", "SYS_PTRACE"] } } : FREE };
    const container = (MEASURES[measure] ?? []).reduce((made, dotted) => withField(made, dotted.split("."), fieldAt(sandboxed, dotted)), start);
    return pod(podIn(measure, "python"), container);
}

/** The sandboxed pod, with time for what is slow on an emulated processor. */
function patient({ image, env, ...sandboxed }: Sandboxed): Fields {
    return { image, env: [...env.filter(({ name }) => name !== NO_TIME_LIMIT.name), NO_TIME_LIMIT], startupProbe: READY, resources: sandboxed["resources"], securityContext: sandboxed["securityContext"] };
}

/** The pod of an attack that isn't the sandbox's. @param where `control`, `patient` for the sandboxed pod with more time, or, only for Python, `gvisor` for that on gVisor or the one measure that the pod has */
export function podFor(where: string, language: Language, sandboxed: Sandboxed): Fields {
    switch (where) {
        case "control": return control(language, sandboxed);
        case "patient": return pod(podIn(where, language), patient(sandboxed));
        case "gvisor": return pod(podIn(where, language), patient(sandboxed), { runtimeClassName: GVISOR });
        default: return variant(where, sandboxed);
    }
}

/** Plays the internet, and is the pod of another namespace. */
function outside({ image }: Sandboxed): Fields {
    return pod({ name: OUTSIDE_POD, namespace: NAMESPACES.open }, {
        image,
        command: ["python3", "-c", readFileSync(path.join(__dirname, "outside.py"), "utf8"), ...Object.values(OUTSIDE)],
        env: [{ name: "POD_IPS", valueFrom: { fieldRef: { fieldPath: "status.podIPs" } } }],
        startupProbe: { tcpSocket: { port: 7777 }, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 60 },
        securityContext: { ...FREE, privileged: true },
    }, { hostPID: true });
}

/** Namespaces, the default deny of one of them, gVisor's RuntimeClass, and who plays the internet. @param deny the sandbox's own NetworkPolicy */
export function surroundings(python: Sandboxed, deny: unknown): Fields[] {
    return [
        ...Object.values(NAMESPACES).map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { "pod-security.kubernetes.io/enforce": "privileged" } } })),
        { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name: GVISOR }, handler: "runsc" },
        { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "default-deny", namespace: NAMESPACES.denied }, spec: deny },
        { apiVersion: "v1", kind: "Service", metadata: { name: OUTSIDE_POD, namespace: NAMESPACES.open }, spec: { selector: { app: OUTSIDE_POD }, ports: [{ port: 7777 }] } },
        outside(python),
    ];
}
