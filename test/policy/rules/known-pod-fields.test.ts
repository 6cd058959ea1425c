import { UNKNOWN, type Value } from "../../../policy/model/resource";
import { knownPodFields } from "../../../policy/rules/known-pod-fields";
import { evaluator, loader } from "../fixtures";
import { CONTAINER, CONTEXT, judge, POD, POD_CONTEXT } from "../harness";

/** What a pod, a container and their security contexts may have: what Kubernetes 1.37 has, but for what nobody needs yet. */
const FIELDS: Readonly<Record<string, string>> = {
    [POD]: "initContainers ephemeralContainers restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds nodeName nodeSelector affinity tolerations topologySpreadConstraints schedulerName schedulingGates readinessGates priorityClassName priority preemptionPolicy runtimeClassName os resources resourceClaims volumes imagePullSecrets hostNetwork hostPID hostIPC hostUsers hostAliases shareProcessNamespace hostname subdomain setHostnameAsFQDN dnsPolicy dnsConfig enableServiceLinks serviceAccountName serviceAccount automountServiceAccountToken",
    [CONTAINER]: "name image imagePullPolicy command args workingDir env envFrom ports stdin stdinOnce tty targetContainerName resources resizePolicy restartPolicy volumeMounts volumeDevices livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy",
    [CONTEXT]: "runAsUser runAsGroup runAsNonRoot seLinuxOptions windowsOptions seccompProfile appArmorProfile capabilities privileged procMount readOnlyRootFilesystem allowPrivilegeEscalation",
    [POD_CONTEXT]: "runAsUser runAsGroup runAsNonRoot seLinuxOptions windowsOptions seccompProfile appArmorProfile supplementalGroups supplementalGroupsPolicy fsGroup fsGroupChangePolicy sysctls seLinuxChangePolicy",
};
const all = Object.entries(FIELDS).flatMap(([place, names]) => names.split(" ").map((name): readonly [string, Value] => [`${place}.${name}`, []]));

judge(
    knownPodFields,
    {
        good: evaluator,
        passes: { "a field of null": [[`${POD}.hostnameOverride`, null]], "all fields that the pack knows, whatever they say": all },
        blocks: {
            "a field of the pod that nobody has looked at": [`${POD}.hostnameOverride`, "x"],
            "one that came with 1.37, by which others may hold up an eviction": [`${POD}.evictionResponders`, []],
            "one of a container": [`${CONTAINER}.restartPolicyRules`, []],
            "one of an init container": [`${POD}.initContainers`, [{ name: "x", next: 1 }], `${POD}.initContainers[0].next`],
            "one of a container's security context": [`${CONTEXT}.sysctls`, []],
            "one of the pod's security context": [`${POD_CONTEXT}.privileged`, true],
            "one that may be there": [`${POD}.next`, UNKNOWN],
            "a container that isn't known": [CONTAINER, UNKNOWN, `${CONTAINER}[?]`],
            "a security context that isn't known": [CONTEXT, UNKNOWN, `${CONTEXT}[?]`],
        },
    },
    { good: loader, blocks: { "a field of the pod that nobody has looked at": [`${POD}.hostnameOverride`, "x"] } },
);
