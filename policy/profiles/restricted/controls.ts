import { describe, describeName } from "../../model/message";
import type { PodHolder } from "../../model/pod";
import { field, isObject, isUnset } from "../../model/read";
import type { Value } from "../../model/resource";
import { oneOf, unsetOr } from "../../rules/kit/demand";
import type { Control, Restriction } from "./control";

/** Facts of the restricted level as of Kubernetes 1.37, the newest that has changed it. Source: `policy/check_*.go` of k8s.io/pod-security-admission v0.37. */
const APPARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";
const PROFILES = ["RuntimeDefault", "Localhost"];
const SELINUX_TYPES = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];
const VOLUMES = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"];
const SYSCTLS = [
    ...["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range"],
    ...["net.ipv4.ip_unprivileged_port_start", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time"],
    ...["net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"],
    ...["net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat"],
];
const HANDLERS = ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"];

const isWindows = ({ spec }: PodHolder): boolean => field(spec, "os", "name").value === "windows";
const hasUserNamespace = ({ spec }: PodHolder): boolean => field(spec, "hostUsers").value === false;
const ofPod = ({ spec }: PodHolder, ...keys: readonly string[]): Value => field(spec, "securityContext", ...keys).value;
const isProfile = oneOf(...PROFILES);

/** The field of a security context is left out or one of these. */
function contextually(of: Restriction["of"], keys: readonly string[], ...allowed: readonly Value[]): Restriction {
    return { of, path: ["securityContext", ...keys], must: [...allowed.map((value) => JSON.stringify(value)), "left out"].join(" or "), holds: unsetOr(...allowed) };
}

function sourcesOf(volume: { readonly [key: string]: Value }): string[] {
    return Object.keys(volume).filter((key) => key !== "name" && !isUnset(volume[key]));
}

/** A volume without a source is made an emptyDir by the API server, before admission sees it. */
function isCore(volume: Value): boolean {
    return isObject(volume) && sourcesOf(volume).every((source) => VOLUMES.includes(source));
}

function describeSource(volume: Value): string {
    return isObject(volume) ? `a volume of ${sourcesOf(volume).map(describeName).join(", ")}` : describe(volume);
}

export const controls: readonly Control[] = [
    {
        id: "hostNamespaces",
        measure: "network",
        severity: "critical",
        description: "Pods share no namespace of the node.",
        rationale: "In the node's namespaces a pod sees its processes and its network, past every NetworkPolicy.",
        remediation: "Remove hostNetwork, hostPID and hostIPC.",
        restrictions: ["hostNetwork", "hostPID", "hostIPC"].map((name) => ({ of: "pod", path: [name], must: "false or left out", holds: unsetOr(false) })),
    },
    {
        id: "privileged",
        measure: "no-privilege-escalation",
        severity: "critical",
        description: "No container is privileged.",
        rationale: "A privileged container is the node: every other measure ends there.",
        remediation: "Remove privileged from the security context.",
        restrictions: [contextually("containers", ["privileged"], false)],
    },
    {
        id: "capabilities_restricted",
        measure: "capabilities",
        severity: "critical",
        description: "Containers drop all capabilities and add none but NET_BIND_SERVICE.",
        rationale: "The runtime's default set includes raw sockets and changing owners, of use to whoever breaks in.",
        remediation: 'Set securityContext.capabilities to { drop: ["ALL"] } on each container.',
        exempt: isWindows,
        restrictions: [
            { of: "containers", path: ["securityContext", "capabilities", "drop"], must: 'a list that has "ALL"', holds: (drop) => Array.isArray(drop) && drop.includes("ALL") },
            { of: "containers", path: ["securityContext", "capabilities", "add", "*"], must: '"NET_BIND_SERVICE" or left out', holds: oneOf("NET_BIND_SERVICE") },
        ],
    },
    {
        id: "restrictedVolumes",
        measure: "read-only-root",
        severity: "critical",
        description: "Volumes are of the core types that show nothing of the node.",
        rationale: "A path of the node is a way out of the container, and drivers within the kubelet run with its rights.",
        remediation: `Use ${VOLUMES.join(", ")} only.`,
        restrictions: [{ of: "pod", path: ["volumes", "*"], must: `one of ${VOLUMES.join(", ")}`, holds: isCore, words: describeSource }],
    },
    {
        id: "hostPorts",
        measure: "network",
        severity: "high",
        description: "Containers take no port of the node.",
        rationale: "A port of the node is reachable past the Services and policies of the cluster.",
        remediation: "Remove hostPort, and reach the pod through a Service.",
        restrictions: [{ of: "containers", path: ["ports", "*", "hostPort"], must: "0 or left out", holds: unsetOr(0) }],
    },
    {
        id: "hostProbesAndHostLifecycle",
        measure: "network",
        severity: "high",
        description: "Probes and lifecycle hooks go to the pod itself.",
        rationale: "With a host of their own they make the kubelet call whatever the pod's author likes, from the node's network.",
        remediation: "Remove host from the handlers of probes and hooks.",
        restrictions: HANDLERS.flatMap((handler) => ["httpGet", "tcpSocket"].map((action) => ({ of: "containers", path: [...handler.split("."), action, "host"], must: "left out", holds: unsetOr("") }))),
    },
    {
        id: "appArmorProfile",
        measure: "apparmor",
        severity: "high",
        description: "The AppArmor profile is neither switched off nor another than the runtime's default or one of the node's.",
        rationale: "Unconfined takes away what the runtime confines by default.",
        remediation: "Remove appArmorProfile, or set its type to RuntimeDefault or Localhost; the same for the annotation.",
        restrictions: [
            { of: "both", path: ["securityContext", "appArmorProfile", "type"], must: `${PROFILES.join(" or ")}, or the profile left out`, holds: (type, profile) => isUnset(profile) || isProfile(type) },
            { of: "annotations", path: [APPARMOR_ANNOTATION], must: "runtime/default, localhost/… or left out", holds: (profile) => isUnset(profile) || (typeof profile === "string" && /^$|^runtime\/default$|^localhost\//.test(profile)) },
        ],
    },
    {
        id: "seLinuxOptions",
        measure: "selinux",
        severity: "high",
        description: "SELinux options keep to the types of containers, without a user or role.",
        rationale: "Another type, user or role takes a container out of its confinement.",
        remediation: "Remove seLinuxOptions, or keep only a container's type.",
        restrictions: [contextually("both", ["seLinuxOptions", "type"], ...SELINUX_TYPES), contextually("both", ["seLinuxOptions", "user"], ""), contextually("both", ["seLinuxOptions", "role"], "")],
    },
    {
        id: "procMount_restricted",
        measure: "no-privilege-escalation",
        severity: "high",
        description: "The masks over /proc stay.",
        rationale: "An unmasked /proc shows and changes kernel state.",
        remediation: "Remove procMount from the security context.",
        restrictions: [contextually("containers", ["procMount"], "Default")],
    },
    {
        id: "seccompProfile_restricted",
        measure: "seccomp",
        severity: "critical",
        description: "Every container runs under the runtime's default seccomp profile or one of the node's.",
        rationale: "Without one, code reaches every system call of the kernel, where most container escapes begin.",
        remediation: "Set securityContext.seccompProfile.type to RuntimeDefault on the pod.",
        exempt: isWindows,
        restrictions: [
            { of: "pod", path: ["securityContext", "seccompProfile", "type"], must: `${PROFILES.join(" or ")}, or the profile left out`, holds: (type, profile) => isUnset(profile) || isProfile(type) },
            { of: "containers", path: ["securityContext", "seccompProfile", "type"], must: `${PROFILES.join(" or ")}, here or on the pod`, holds: (type, profile, pod) => isProfile(isUnset(profile) ? ofPod(pod, "seccompProfile", "type") : type) },
        ],
    },
    {
        id: "sysctls",
        measure: "no-privilege-escalation",
        severity: "high",
        description: "Pods set only the kernel parameters that are namespaced and safe.",
        rationale: "Others reach the node and the other pods on it.",
        remediation: "Remove the parameter from securityContext.sysctls.",
        restrictions: [{ of: "pod", path: ["securityContext", "sysctls", "*", "name"], must: "one of the safe set of the Pod Security Standards", holds: oneOf(...SYSCTLS), words: describeName }],
    },
    {
        id: "windowsHostProcess",
        measure: "no-privilege-escalation",
        severity: "critical",
        description: "No container is a host process of a Windows node.",
        rationale: "A host process runs on the node itself, with its rights.",
        remediation: "Remove hostProcess from the windowsOptions.",
        restrictions: [contextually("both", ["windowsOptions", "hostProcess"], false)],
    },
    {
        id: "allowPrivilegeEscalation",
        measure: "no-privilege-escalation",
        severity: "critical",
        description: "No container's process can gain more privileges than its parent.",
        rationale: "Left out, the field allows set-user-id programs, the shortest way to root.",
        remediation: "Set securityContext.allowPrivilegeEscalation to false on each container.",
        exempt: isWindows,
        restrictions: [{ of: "containers", path: ["securityContext", "allowPrivilegeEscalation"], must: "false", holds: oneOf(false) }],
    },
    {
        id: "runAsNonRoot",
        measure: "capabilities",
        severity: "critical",
        description: "Every container has to run as a user other than root.",
        rationale: "Root in a container is root on the node the moment anything is misconfigured.",
        remediation: "Set securityContext.runAsNonRoot to true on the pod.",
        exempt: hasUserNamespace,
        restrictions: [
            contextually("pod", ["runAsNonRoot"], true),
            { of: "containers", path: ["securityContext", "runAsNonRoot"], must: "true, here or on the pod", holds: (own, _, pod) => own === true || (isUnset(own) && ofPod(pod, "runAsNonRoot") === true) },
        ],
    },
    {
        id: "runAsUser",
        measure: "capabilities",
        severity: "critical",
        description: "No container states root as its user.",
        rationale: "Root in a container is root on the node the moment anything is misconfigured.",
        remediation: "Set runAsUser to a user id above 0, or leave it out.",
        exempt: hasUserNamespace,
        restrictions: [{ of: "both", path: ["securityContext", "runAsUser"], must: "a user id above 0, or left out", holds: (user) => isUnset(user) || (typeof user === "number" && Number.isInteger(user) && user > 0) }],
    },
];
