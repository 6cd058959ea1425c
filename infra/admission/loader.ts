import type { Config } from "../config/schema";
import { CONFIG_MAP, HASH_DIGITS, LOADER, PROFILES_DIR, SCRIPT, SECURITYFS } from "../apparmor/pod";
import { notPreviews } from "./people";
import { onlyKeys, policyOf, type AdmissionPolicy, type Validation } from "./render";
import { CHANGED, CONTEXT, eachContainer, POD, POD_HOLDERS } from "./template";

const VALIDATIONS: readonly Validation[] = [
    [`(request.kind.kind == 'DaemonSet' && object.metadata.name == '${LOADER}') || (request.kind.kind == 'Pod' && object.metadata.?ownerReferences.orValue([]).exists(owner, owner.?controller.orValue(false) && owner.kind == 'DaemonSet' && owner.name == '${LOADER}'))`, "only the profile loader runs here"],
    [
        onlyKeys(
            "variables.spec",
            ...["containers", "volumes", "securityContext", "restartPolicy", "terminationGracePeriodSeconds", "dnsPolicy", "dnsConfig", "enableServiceLinks"],
            ...["serviceAccountName", "serviceAccount", "automountServiceAccountToken", "priorityClassName", "priority", "preemptionPolicy"],
            ...["schedulerName", "nodeName", "nodeSelector", "affinity", "tolerations"],
        ),
        "the loader's pod has no other containers, host namespaces or anything else that the program doesn't set",
    ],
    ["size(variables.containers) == 1 && variables.spec.?automountServiceAccountToken.orValue(true) == false", "the loader's pod has one container, and no token"],
    [
        `variables.spec.?volumes.orValue([]).all(volume, (has(volume.hostPath) && volume.hostPath.path == '${SECURITYFS}' && size(dyn(volume)) == 2) || (has(volume.configMap) && volume.configMap.name.matches('^${CONFIG_MAP}-[0-9a-f]{${HASH_DIGITS}}$') && size(dyn(volume)) == 2))`,
        `the loader sees ${SECURITYFS} and its profiles, and nothing else of the node`,
    ],
    [
        eachContainer(onlyKeys("container", "name", "image", "imagePullPolicy", "command", "env", "resources", "securityContext", "readinessProbe", "volumeMounts", "terminationMessagePath", "terminationMessagePolicy")),
        "the loader's container has nothing that the program doesn't set",
    ],
    [eachContainer(`container.?command.orValue([]) == ['${SCRIPT}', 'run'] && container.?readinessProbe.?exec.?command.orValue([]) == ['${SCRIPT}', 'ready']`), "the loader runs its own script, and nothing else"],
    [eachContainer("container.?env.orValue([]).all(variable, variable.name == 'EXPECTED_PROFILES' && !has(variable.valueFrom))"), "the loader's environment names the profiles, and nothing else"],
    [eachContainer(`container.?volumeMounts.orValue([]).all(mount, mount.mountPath in ['${SECURITYFS}', '${PROFILES_DIR}'] && !has(mount.mountPropagation))`), "the loader mounts what it needs where it needs it"],
    [
        eachContainer(`['cpu', 'memory', 'ephemeral-storage'].all(amount, container.?resources.?limits[?amount].hasValue())`),
        "limits have to be set for cpu, memory and ephemeral-storage",
    ],
    [
        eachContainer(`${onlyKeys(`${CONTEXT}.orValue({})`, "allowPrivilegeEscalation", "privileged", "readOnlyRootFilesystem", "runAsUser", "runAsGroup", "capabilities", "seccompProfile", "appArmorProfile")} && ${CONTEXT}.?allowPrivilegeEscalation.orValue(true) == false && ${CONTEXT}.?privileged.orValue(false) == false && ${CONTEXT}.?readOnlyRootFilesystem.orValue(false) == true`),
        "the loader is not privileged, and its root file system read-only",
    ],
    [eachContainer(`dyn(${CONTEXT}.?capabilities.orValue({})) == dyn({'drop': ['ALL'], 'add': ['MAC_ADMIN']})`), "the loader has one capability, MAC_ADMIN"],
    [eachContainer(`dyn(${CONTEXT}.?seccompProfile.orValue({})) == dyn({'type': 'RuntimeDefault'})`), "seccompProfile has to be RuntimeDefault"],
    [
        eachContainer(`container.image.startsWith(params.data['${LOADER}.image'] + '@sha256:') || (container.image.startsWith(params.data['${LOADER}.image'] + ':') && (params.data.requireDigests == 'false' || container.image.contains('@sha256:')))`),
        "image has to be the loader's from the approved registry, pinned by digest where the stack requires it",
    ],
];

/** The one pod that may do more than the rest: the namespace that admits it admits no other. */
export function loaderPolicy({ apparmor, admission }: Pick<Config, "apparmor" | "admission">): AdmissionPolicy {
    return policyOf({ name: "loader", namespaces: [apparmor.namespace], rules: POD_HOLDERS, conditions: [notPreviews(admission), CHANGED], variables: POD, validations: VALIDATIONS, takesParameters: true });
}
