import type { Config } from "../config/schema";
import { notPreviews } from "./people";
import { listOf, onlyKeys, policyOf, type AdmissionPolicy, type Validation } from "./render";
import { CHANGED, CONTEXT, eachContainer, POD, POD_HOLDERS } from "./template";

const AMOUNTS = ["cpu", "memory", "ephemeral-storage"];
const PROBES = ["startupProbe", "readinessProbe", "livenessProbe"];
const TIMES = ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"];
/** Where the kubelet takes a container's last words from. Any other place would be a file that can be written to. */
const LAST_WORDS = "/dev/termination-log";

const spec = (path: string): string => `variables.spec.${path}`;
const POD_CONTEXT = "variables.spec.?securityContext";

/** Left out, or a type that Pod Security's restricted level admits and that confines. */
function seLinux(context: string): string {
    return `dyn(${context}.?seLinuxOptions.orValue({'type': 'container_t'})) in [{'type': 'container_t'}, {'type': 'container_kvm_t'}]`;
}

const POD_VALIDATIONS: readonly Validation[] = [
    ["request.kind.kind in ['Deployment', 'ReplicaSet', 'Pod']", "only Deployments make pods in the sandbox"],
    [
        "request.kind.kind == 'Deployment' || object.metadata.?ownerReferences.orValue([]).exists(owner, owner.?controller.orValue(false) && owner.kind == (request.kind.kind == 'Pod' ? 'ReplicaSet' : 'Deployment'))",
        "only Deployments make pods in the sandbox, and this one is of none",
    ],
    [
        onlyKeys(
            "variables.spec",
            ...["containers", "securityContext", "restartPolicy", "terminationGracePeriodSeconds", "dnsPolicy", "dnsConfig", "enableServiceLinks"],
            ...["serviceAccountName", "serviceAccount", "automountServiceAccountToken", "priorityClassName", "priority", "preemptionPolicy"],
            ...["runtimeClassName", "overhead", "schedulerName", "nodeName", "nodeSelector", "tolerations", "topologySpreadConstraints"],
        ),
        "a pod has no volumes, other containers, host namespaces, aliases, claims or anything else that the program doesn't set",
    ],
    ["size(variables.containers) == 1", "a pod has one container"],
    [`${spec("?automountServiceAccountToken")}.orValue(true) == false`, "automountServiceAccountToken has to be false"],
    [`${spec("?enableServiceLinks")}.orValue(true) == false`, "enableServiceLinks has to be false"],
    [`${spec("?dnsPolicy")}.orValue('') == 'None'`, "dnsPolicy has to be None, because the cluster's resolver carries questions to the outside"],
    [`${spec("?schedulerName")}.orValue('') == 'default-scheduler' && (oldObject != null || !has(${spec("nodeName")}))`, "nodeName has to be left out and schedulerName to be default-scheduler"],
    [`${spec("?terminationGracePeriodSeconds")}.orValue(0) <= 60`, "terminationGracePeriodSeconds has to be 60 at most"],
    [`${spec("?preemptionPolicy")}.orValue('Never') == 'Never'`, "preemptionPolicy has to be Never"],
    [onlyKeys(`${POD_CONTEXT}.orValue({})`, "runAsNonRoot", "runAsUser", "runAsGroup", "seccompProfile", "appArmorProfile", "seLinuxOptions"), "the pod's securityContext has no sysctls, groups or anything else that the program doesn't set"],
    [`${POD_CONTEXT}.?runAsNonRoot.orValue(false) == true`, "runAsNonRoot of the pod has to be true"],
    [`dyn(${POD_CONTEXT}.?seccompProfile.orValue({})) == dyn({'type': 'RuntimeDefault'})`, "seccompProfile of the pod has to be RuntimeDefault"],
    [`${POD_CONTEXT}.?appArmorProfile.?type.orValue('') == 'Localhost'`, "appArmorProfile of the pod has to be Localhost"],
    [seLinux(POD_CONTEXT), "seLinuxOptions of the pod may only name a type that confines"],
];

const CONTAINER_VALIDATIONS: readonly Validation[] = [
    [
        onlyKeys("container", "name", "image", "imagePullPolicy", "env", "ports", "resources", "securityContext", "terminationMessagePath", "terminationMessagePolicy", ...PROBES),
        "a container has no command, mounts, devices, hooks, terminal or anything else that the program doesn't set",
    ],
    [
        onlyKeys(`${CONTEXT}.orValue({})`, "allowPrivilegeEscalation", "privileged", "readOnlyRootFilesystem", "runAsNonRoot", "runAsUser", "runAsGroup", "capabilities", "seccompProfile", "appArmorProfile", "seLinuxOptions"),
        "a container's securityContext has no procMount or anything else that the program doesn't set",
    ],
    [`${CONTEXT}.?allowPrivilegeEscalation.orValue(true) == false && ${CONTEXT}.?privileged.orValue(false) == false`, "allowPrivilegeEscalation and privileged have to be false"],
    [`${CONTEXT}.?readOnlyRootFilesystem.orValue(false) == true`, "readOnlyRootFilesystem has to be true"],
    [`${CONTEXT}.?runAsNonRoot.orValue(false) == true && ${CONTEXT}.?runAsUser.orValue(0) > 0 && ${CONTEXT}.?runAsGroup.orValue(0) > 0`, "runAsNonRoot has to be true, and runAsUser and runAsGroup above 0"],
    [`dyn(${CONTEXT}.?capabilities.orValue({})) == dyn({'drop': ['ALL']})`, "capabilities have to drop ALL and to add none"],
    [`dyn(${CONTEXT}.?seccompProfile.orValue({})) == dyn({'type': 'RuntimeDefault'})`, "seccompProfile has to be RuntimeDefault"],
    [`${CONTEXT}.?appArmorProfile.?type.orValue('') == 'Localhost'`, "appArmorProfile has to be Localhost"],
    [seLinux(CONTEXT), "seLinuxOptions may only name a type that confines"],
    [
        `['requests', 'limits'].all(bound, dyn(container)[?'resources'][?bound].hasValue() && size(dyn(container).resources[bound]) == ${AMOUNTS.length} && ${onlyKeys("container.resources[bound]", ...AMOUNTS)}) && ${onlyKeys("container.resources", "requests", "limits")}`,
        `requests and limits have to be set for ${AMOUNTS.join(", ")}, and for nothing else`,
    ],
    ["container.?env.orValue([]).all(variable, !has(variable.valueFrom))", "the environment takes no value from elsewhere, because user code can read it"],
    ["container.?ports.orValue([]).all(port, port.?hostPort.orValue(0) == 0 && port.?hostIP.orValue('') == '')", "hostPort and hostIP have to be left out"],
    [
        `${listOf(PROBES)}.all(probe, !(probe in dyn(container)) || (${onlyKeys("container[probe]", "httpGet", "tcpSocket", ...TIMES)} && dyn(container)[probe].?httpGet.?host.orValue('') == '' && dyn(container)[probe].?tcpSocket.?host.orValue('') == ''))`,
        "probes run nothing in the container, and ask nobody else",
    ],
    [`container.?terminationMessagePath.orValue('${LAST_WORDS}') == '${LAST_WORDS}'`, `terminationMessagePath has to be ${LAST_WORDS}, because any other place is one that can be written to`],
];

/**
 * The pods of the sandbox, and what makes them: hardened alike, whichever service they are of and whoever sends them. A field that
 * isn't named is refused.
 */
export function podsPolicy({ namespace, admission }: Pick<Config, "namespace" | "admission">): AdmissionPolicy {
    return policyOf({
        name: "pods",
        namespaces: [namespace],
        rules: POD_HOLDERS,
        conditions: [notPreviews(admission), CHANGED],
        variables: POD,
        validations: [...POD_VALIDATIONS, ...CONTAINER_VALIDATIONS.map(([expression, must]): Validation => [eachContainer(expression), must])],
    });
}
