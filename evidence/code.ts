import type { Measure } from "../policy/model/violation";

/** Where the program sets a measure. */
export interface Place {
    /** Path in the repository. */
    readonly file: string;
    /** What stands there once the measure is set. */
    readonly sets: string;
}

const security = (sets: string): Place => ({ file: "infra/security.ts", sets });
const RESOURCES: Place = { file: "infra/pod.ts", sets: "resources: toKubernetes(resources)" };
const QUOTA: Place = { file: "infra/sandbox.ts", sets: "new k8s.core.v1.ResourceQuota" };
const RUNTIME_CLASS: readonly Place[] = [
    { file: "infra/evaluator.ts", sets: "runtimeClass: config.runtimeClassName" },
    { file: "infra/runtime-classes.ts", sets: "new k8s.node.v1.RuntimeClass" },
];

export const CODE: Readonly<Record<Measure, readonly Place[]>> = {
    "time-limit": [
        { file: "infra/evaluator.ts", sets: "FUNCTION_EVALUATOR_TIMEOUT_MS: String(config.timeoutMs)" },
        { file: "infra/orchestrator.ts", sets: "ORCHESTRATOR_TIMEOUT_MS: String(timeoutMs)" },
        { file: "infra/config/checks.ts", sets: "timeoutMs >= config.orchestrator.timeoutMs" },
    ],
    memory: [RESOURCES, QUOTA, { file: "infra/config/checks.ts", sets: "poolFitsMemory" }],
    cpu: [RESOURCES, { file: "infra/sandbox.ts", sets: 'preemptionPolicy: "Never"' }],
    network: [
        { file: "infra/namespace.ts", sets: 'podSelector: {}, policyTypes: ["Ingress", "Egress"]' },
        { file: "infra/network/edges.ts", sets: "Every connection of the stack" },
        { file: "infra/pod.ts", sets: 'dnsPolicy: "None"' },
    ],
    "read-only-root": [security("readOnlyRootFilesystem: true")],
    "no-privilege-escalation": [security("allowPrivilegeEscalation: false"), { file: "infra/pod.ts", sets: "automountServiceAccountToken: false" }],
    capabilities: [security('capabilities: { drop: ["ALL"] }')],
    selinux: [security("seLinuxOptions: { type: seLinuxType }")],
    seccomp: [security('seccompProfile: { type: "RuntimeDefault" }')],
    apparmor: [
        security('type: "Localhost", localhostProfile: appArmorProfile'),
        { file: "infra/apparmor/loader.ts", sets: "new k8s.apps.v1.DaemonSet" },
        { file: "infra/apparmor/profiles/wikifunctions-evaluator-python", sets: "profile wikifunctions-evaluator-python" },
    ],
    gvisor: RUNTIME_CLASS,
    kata: RUNTIME_CLASS,
    firecracker: RUNTIME_CLASS,
    admission: [{ file: "infra/sandbox.ts", sets: 'podSecurityLabels("restricted")' }, { file: "infra/namespace.ts", sets: "pod-security.kubernetes.io/" }, { file: "infra/admission.ts", sets: "new k8s.admissionregistration.v1.ValidatingAdmissionPolicy" }],
};
