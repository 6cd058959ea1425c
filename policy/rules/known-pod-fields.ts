import { forEachContainer, forPod } from "../model/pod";
import { field, members, type Field } from "../model/read";
import { forbid } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

/** Fields of Kubernetes 1.37 that other rules judge, or that relax nothing whatever they say. */
const POD = [
    ...["containers", "initContainers", "ephemeralContainers", "restartPolicy", "terminationGracePeriodSeconds", "activeDeadlineSeconds"],
    ...["nodeName", "nodeSelector", "affinity", "tolerations", "topologySpreadConstraints", "schedulerName", "schedulingGates", "readinessGates"],
    ...["priorityClassName", "priority", "preemptionPolicy", "runtimeClassName", "os", "resources", "resourceClaims", "volumes", "imagePullSecrets"],
    ...["hostNetwork", "hostPID", "hostIPC", "hostUsers", "hostAliases", "shareProcessNamespace", "hostname", "subdomain", "setHostnameAsFQDN"],
    ...["dnsPolicy", "dnsConfig", "enableServiceLinks", "serviceAccountName", "serviceAccount", "automountServiceAccountToken", "securityContext"],
];
const CONTAINER = [
    ...["name", "image", "imagePullPolicy", "command", "args", "workingDir", "env", "envFrom", "ports", "stdin", "stdinOnce", "tty", "targetContainerName"],
    ...["resources", "resizePolicy", "restartPolicy", "volumeMounts", "volumeDevices", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle"],
    ...["terminationMessagePath", "terminationMessagePolicy", "securityContext"],
];
const CONTEXT = ["runAsUser", "runAsGroup", "runAsNonRoot", "seLinuxOptions", "windowsOptions", "seccompProfile", "appArmorProfile"];
const POD_CONTEXT = [...CONTEXT, "supplementalGroups", "supplementalGroupsPolicy", "fsGroup", "fsGroupChangePolicy", "sysctls", "seLinuxChangePolicy"];
const CONTAINER_CONTEXT = [...CONTEXT, "capabilities", "privileged", "procMount", "readOnlyRootFilesystem", "allowPrivilegeEscalation"];

export const knownPodFields: ResourceRule = {
    scope: "resource",
    name: "known-pod-fields",
    measures: ["no-privilege-escalation", "admission"],
    severity: "medium",
    description: "Pods, containers and their security contexts have the fields that the pack knows.",
    rationale: "Every release of Kubernetes brings fields, and one that no rule has looked at may undo what the others demand.",
    remediation: "Remove the field; one that is needed is added in policy/rules/known-pod-fields.ts, together with a rule for it where it can relax anything.",
    references: [kubernetes("reference/kubernetes-api/workload-resources/pod-v1/")],
    check: (resource) => [
        ...forPod(resource, ({ spec }) => [...beyond(spec, POD), ...beyond(field(spec, "securityContext"), POD_CONTEXT)]),
        ...forEachContainer(resource, (container) => [...beyond(container, CONTAINER), ...beyond(field(container, "securityContext"), CONTAINER_CONTEXT)]),
    ],
};

function beyond(at: Field, known: readonly string[]): Violation[] {
    return members(at).filter(({ key }) => !known.includes(key)).flatMap((member) => forbid(member));
}
