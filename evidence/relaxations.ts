import type { Measure } from "../policy/model/violation";
import type { Edit } from "./edit";

/** One way to weaken the deployment: an edit of the program or of a stack file that a preview has to block. */
export interface Relaxation {
    readonly measure: Measure;
    /** The rule that has to name it. */
    readonly rule: string;
    /** What is weaker, in words: `… with <what>`. */
    readonly what: string;
    readonly edits: readonly Edit[];
    /** What has to be edited, approved and deployed before, where the stack `local` doesn't have the measure. */
    readonly approved?: readonly Edit[];
}

const STACK_FILE = "Pulumi.local.yaml";
const POSTURE = "policy/postures/local.json";
const PROVIDER = "infra/provider.ts";
const PYTHON = "    python:\n";

/** The evaluator for Python on a RuntimeClass of the stack's own, as the posture demands. */
function onRuntimeClass(name: string, handler: string, more = ""): readonly Edit[] {
    return [
        { file: STACK_FILE, from: PYTHON, to: `${PYTHON}      runtimeClassName: ${name}\n` },
        { file: STACK_FILE, from: "config:\n", to: `config:\n  wikifunctions:runtimeClasses:\n    ${name}: { handler: ${handler}${more} }\n` },
        { file: POSTURE, from: "\"minRuntimeClasses\": {}", to: `"minRuntimeClasses": { "evaluator-python": "${name}" }` },
    ];
}

function offRuntimeClass(name: string): readonly Edit[] {
    return [{ file: STACK_FILE, from: `      runtimeClassName: ${name}\n`, to: "" }];
}

/** At least one for each measure. */
export const relaxations: readonly Relaxation[] = [
    { measure: "time-limit", rule: "approved-objects", what: "a longer time limit", edits: [{ file: STACK_FILE, from: "timeoutMs: 9700", to: "timeoutMs: 20000" }] },
    { measure: "time-limit", rule: "time-limits", what: "no time limit for evaluators", edits: [{ file: "infra/evaluator.ts", from: "FUNCTION_EVALUATOR_TIMEOUT_MS: String(config.timeoutMs),", to: "" }] },
    { measure: "memory", rule: "approved-objects", what: "more memory than is approved", edits: [{ file: STACK_FILE, from: "limits: { cpu: 500m, memory: 512Mi", to: "limits: { cpu: 500m, memory: 1Gi" }] },
    { measure: "memory", rule: "approved-objects", what: "no quota of memory", edits: [{ file: "infra/sandbox.ts", from: "\"limits.memory\": memory,", to: "" }] },
    { measure: "cpu", rule: "cpu-limits", what: "no limits", edits: [{ file: "infra/pod.ts", from: "return { requests: asked, limits: most };", to: "return { requests: asked, limits: { memory: most?.memory ?? \"\", \"ephemeral-storage\": most?.[\"ephemeral-storage\"] ?? \"\" } };" }] },
    { measure: "cpu", rule: "priority-class", what: "its priority as everybody's", edits: [{ file: "infra/sandbox.ts", from: "globalDefault: false", to: "globalDefault: true" }] },
    { measure: "network", rule: "default-deny", what: "no default deny", edits: [{ file: "infra/sandbox.ts", from: "new k8s.networking.v1.NetworkPolicy(`${name}-default-deny`, defaultDeny(namespace), within);", to: "" }] },
    {
        measure: "network",
        rule: "approved-objects",
        what: "a way out of the evaluators",
        edits: [{ file: "infra/network/edges.ts", from: "        ...metricsEdges(", to: "        ...evaluators.map(({ party }): Edge => ({ from: party, to: { name: \"internet\", peer: { cidr: \"0.0.0.0/0\" } }, ports: [tcp(443)] })),\n        ...metricsEdges(" }],
    },
    { measure: "network", rule: "no-dns-for-evaluators", what: "a resolver for evaluators", edits: [{ file: "infra/evaluator.ts", from: "const NO_NAMESERVER = \"127.0.0.1\";", to: "const NO_NAMESERVER = \"10.96.0.10\";" }] },
    { measure: "read-only-root", rule: "read-only-root-filesystem", what: "a writable root", edits: [{ file: "infra/security.ts", from: "readOnlyRootFilesystem: true", to: "readOnlyRootFilesystem: false" }] },
    {
        measure: "no-privilege-escalation",
        rule: "no-privileged-containers",
        what: "privileged containers",
        edits: [{ file: "infra/security.ts", from: "        allowPrivilegeEscalation: false,\n        privileged: false,", to: "        allowPrivilegeEscalation: true,\n        privileged: true," }],
    },
    { measure: "no-privilege-escalation", rule: "no-service-account-token", what: "a token for the Kubernetes API", edits: [{ file: "infra/pod.ts", from: "automountServiceAccountToken: false", to: "automountServiceAccountToken: true" }] },
    { measure: "capabilities", rule: "drop-all-capabilities", what: "a capability", edits: [{ file: "infra/security.ts", from: "capabilities: { drop: [\"ALL\"] }", to: "capabilities: { drop: [\"ALL\"], add: [\"NET_RAW\"] }" }] },
    { measure: "capabilities", rule: "run-as-non-root", what: "the root user", edits: [{ file: "infra/security.ts", from: "const USER_ID = 900;", to: "const USER_ID = 0;" }] },
    { measure: "selinux", rule: "selinux-options", what: "a type that SELinux doesn't confine", edits: [{ file: "infra/security.ts", from: "return seLinuxType === \"\" ? {} : { seLinuxOptions: { type: seLinuxType } };", to: "return { seLinuxOptions: { type: \"spc_t\" } };" }] },
    { measure: "seccomp", rule: "seccomp-profile", what: "no seccomp profile", edits: [{ file: "infra/security.ts", from: "capabilities: { drop: [\"ALL\"] },\n        seccompProfile: { type: \"RuntimeDefault\" },", to: "capabilities: { drop: [\"ALL\"] },\n        seccompProfile: { type: \"Unconfined\" }," }] },
    {
        measure: "apparmor",
        rule: "apparmor-profile",
        what: "a profile of somebody else's",
        edits: [
            { file: "infra/security.ts", from: "return { type: \"Localhost\", localhostProfile: appArmorProfile };", to: "return { type: \"Localhost\", localhostProfile: \"docker-default\" };" },
            { file: "infra/security.ts", from: "`localhost/${confinement.appArmorProfile}`", to: "\"localhost/docker-default\"" },
        ],
    },
    { measure: "apparmor", rule: "apparmor-profile-contents", what: "a profile that opens every file", edits: [{ file: "infra/apparmor/profiles/abstractions/evaluator", from: "  /srv/interpreters/{,**} r,", to: "  file," }] },
    { measure: "apparmor", rule: "confined-before-start", what: "workloads that don't wait for the profile loader", edits: [{ file: "infra/index.ts", from: "dependsOn: [sandbox, network, admission, appArmor, runtimeClasses]", to: "dependsOn: [sandbox, network, admission, runtimeClasses]" }] },
    { measure: "admission", rule: "namespace-pod-security", what: "Pod Security Admission off", edits: [{ file: "infra/sandbox.ts", from: "podSecurityLabels(\"restricted\")", to: "podSecurityLabels(\"privileged\")" }] },
    {
        measure: "admission",
        rule: "known-provider",
        what: "a kubeconfig that the program reads itself",
        edits: [
            { file: PROVIDER, from: "import * as k8s", to: "import { readFileSync } from \"node:fs\";\nimport * as k8s" },
            { file: PROVIDER, from: "enableConfigMapMutable: true", to: "enableConfigMapMutable: true, kubeconfig: readFileSync(process.env[\"KUBECONFIG\"] ?? \"\", \"utf8\")" },
        ],
    },
    {
        measure: "admission",
        rule: "approved-objects",
        what: "a plugin of another version, from elsewhere",
        edits: [{ file: PROVIDER, from: "enableConfigMapMutable: true }", to: "enableConfigMapMutable: true }, { pluginDownloadURL: \"http://127.0.0.1:9/elsewhere\", version: \"9.9.9\" }" }],
    },
    { measure: "gvisor", rule: "runtime-class", what: "gVisor dropped", approved: onRuntimeClass("gvisor", "runsc"), edits: offRuntimeClass("gvisor") },
    { measure: "kata", rule: "runtime-class", what: "Kata dropped", approved: onRuntimeClass("kata", "kata", ", overhead: { cpu: 250m, memory: 160Mi }"), edits: offRuntimeClass("kata") },
    { measure: "firecracker", rule: "runtime-class", what: "Firecracker dropped", approved: onRuntimeClass("kata-fc", "kata-fc", ", overhead: { cpu: 250m, memory: 130Mi }"), edits: offRuntimeClass("kata-fc") },
];

/** An edit that no preview shows: the program makes one object more during an update alone. */
export const unseen: Omit<Relaxation, "what"> & { readonly object: readonly [kind: string, namespace: string, name: string] } = {
    measure: "network",
    rule: "approved-objects",
    object: ["networkpolicy", "wikifunctions", "unseen"],
    edits: [{
        file: "infra/network.ts",
        from: "        this.registerOutputs();",
        to: `        if (!pulumi.runtime.isDryRun()) {
            const open = { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [{}], egress: [{}] };
            new k8s.networking.v1.NetworkPolicy("unseen", { metadata: { name: "unseen", namespace }, spec: open }, { parent: this });
        }
        this.registerOutputs();`,
    }],
};
