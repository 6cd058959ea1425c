import { readFileSync } from "node:fs";
import path from "node:path";
import { MEASURES, type Language } from "./attack";
import { inPodOf, NAMESPACES, placeOf, type Place } from "./places";

type Fields = Record<string, unknown>;

/** Not routed anywhere but to the pod that plays them: documentation's addresses, and the clouds' metadata service. */
export const OUTSIDE = { internet: "198.51.100.1", metadata: "169.254.169.254", internetIPv6: "2001:db8::1" } as const;
export const OUTSIDE_POD = "outside";
/** Its RuntimeClass. */
export const GVISOR_CLASS = "attacks-gvisor";

/** The sandboxed container, as far as a measure is put back from it. */
export interface Sandboxed extends Fields {
    readonly image: string;
    readonly env: readonly { readonly name: string; readonly value: string }[];
}

export type Containers = Readonly<Record<Language, Sandboxed>>;

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
/** Between a service's port and that of its metrics, so that these don't meet either. */
const TO_METRICS = 1000;

function fieldAt(object: unknown, dotted: string): unknown {
    return dotted.split(".").reduce<unknown>((value, key) => (value as Fields | undefined)?.[key], object);
}

function withField(object: Fields, [key = "", ...rest]: readonly string[], value: unknown): Fields {
    return { ...object, [key]: rest.length === 0 ? value : withField((object[key] ?? {}) as Fields, rest, value) };
}

/** Asked only until the container is up: a probe costs an emulated node more than an attack does. */
const untilUp = (ask: Fields): Fields => ({ ...ask, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 120 });

/** The evaluator at a place. */
function evaluator({ container, port }: Place, { env, ...fields }: Sandboxed): Fields {
    return {
        name: container,
        imagePullPolicy: "IfNotPresent",
        startupProbe: untilUp({ httpGet: { path: "/_info", port } }),
        ...fields,
        env: [...env, { name: "PORT", value: String(port) }, { name: "METRICS_PORT", value: String(port + TO_METRICS) }],
    };
}

function pod(namespace: string, name: string, containers: readonly Fields[], spec: Fields = {}): Fields {
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name, namespace, labels: { app: name } },
        spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: 0,
            tolerations: [{ operator: "Exists" }],
            containers,
            ...spec,
        },
    };
}

/** Nothing stops an attack. */
function control(language: Language, { image }: Sandboxed): Sandboxed {
    const leave = language === "python" ? { command: ["python3", "-c", `${LEAVE_CGROUP}; os.execvp('python3', ['python3', '/srv/service/service.py'])`] } : {};
    return { image, ...leave, env: [NO_TIME_LIMIT], securityContext: { ...FREE, privileged: true } };
}

/** One measure alone stops an attack. */
function only(measure: string, sandboxed: Sandboxed): Sandboxed {
    // With these two the runtime's filter of system calls lets most things pass.
    const start: Fields = { image: sandboxed.image, env: [NO_TIME_LIMIT], securityContext: measure === "seccomp" ? { ...FREE, capabilities: { add: ["ALL"], drop: ["SYS_ADMIN", "SYS_PTRACE"] } } : FREE };
    return (MEASURES[measure] ?? []).reduce((made, dotted) => withField(made, dotted.split("."), fieldAt(sandboxed, dotted)), start) as Sandboxed;
}

/** The sandboxed container, with time for what is slow on an emulated processor. */
function patient({ image, env, ...sandboxed }: Sandboxed): Sandboxed {
    return { image, env: [...env.filter(({ name }) => name !== NO_TIME_LIMIT.name), NO_TIME_LIMIT], resources: sandboxed["resources"], securityContext: sandboxed["securityContext"] };
}

function containerAt(where: string, language: Language, sandboxed: Sandboxed): Sandboxed {
    switch (where) {
        case "control": return control(language, sandboxed);
        case "patient":
        case "gvisor": return patient(sandboxed);
        default: return only(where, sandboxed);
    }
}

/** The pod that a place is in, with all that it has beside it. @param where as of `placeOf` */
export function podFor(where: string, language: Language, sandboxed: Containers): Fields {
    const { namespace, pod: name } = placeOf(where, language);
    const containers = inPodOf(where, language).map(([each, its]) => evaluator(placeOf(each, its), containerAt(each, its, sandboxed[its])));
    return pod(namespace, name, containers, where === "gvisor" ? { runtimeClassName: GVISOR_CLASS } : {});
}

/** Plays the internet, and is the pod of another namespace. */
function outside({ image }: Sandboxed): Fields {
    return pod(NAMESPACES.open, OUTSIDE_POD, [{
        name: OUTSIDE_POD,
        image,
        imagePullPolicy: "IfNotPresent",
        command: ["python3", "-c", readFileSync(path.join(__dirname, "outside.py"), "utf8"), ...Object.values(OUTSIDE)],
        env: [{ name: "POD_IPS", valueFrom: { fieldRef: { fieldPath: "status.podIPs" } } }],
        startupProbe: untilUp({ tcpSocket: { port: 7777 } }),
        securityContext: { ...FREE, privileged: true },
    }], { hostPID: true });
}

/** Namespaces, the default deny of one of them, gVisor's RuntimeClass, and who plays the internet. @param deny the sandbox's own NetworkPolicy */
export function surroundings({ python }: Containers, deny: unknown): Fields[] {
    return [
        ...Object.values(NAMESPACES).map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { "pod-security.kubernetes.io/enforce": "privileged" } } })),
        { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name: GVISOR_CLASS }, handler: "runsc" },
        { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "default-deny", namespace: NAMESPACES.denied }, spec: deny },
        { apiVersion: "v1", kind: "Service", metadata: { name: OUTSIDE_POD, namespace: NAMESPACES.open }, spec: { selector: { app: OUTSIDE_POD }, ports: [{ port: 7777 }] } },
        outside(python),
    ];
}
