import { apiVersionOf, groupOf, kindOf, type KubernetesObject } from "./object";
import type { Settings } from "./settings";
import { at } from "./values";

/** Fields of a container that a running pod can't change. */
const CONTAINER = [
    "args", "command", "env", "image", "imagePullPolicy", "lifecycle", "livenessProbe", "ports", "readinessProbe", "resources", "securityContext", "stdin", "stdinOnce",
    "terminationMessagePath", "terminationMessagePolicy", "tty", "volumeDevices", "volumeMounts", "workingDir",
];
const POD = [
    "affinity", "automountServiceAccountToken", "dnsConfig", "dnsPolicy", "enableServiceLinks", "hostAliases", "hostIPC", "hostNetwork", "hostPID", "hostname",
    "imagePullSecrets", "nodeName", "nodeSelector", "overhead", "preemptionPolicy", "priority", "priorityClassName", "readinessGates", "restartPolicy",
    "runtimeClassName", "schedulerName", "securityContext", "serviceAccount", "serviceAccountName", "shareProcessNamespace", "subdomain",
    "terminationGracePeriodSeconds", "volumes",
];
const VOLUME_SOURCES = [
    "awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi", "fc", "flexVolume", "flocker", "gcePersistentDisk", "glusterfs", "hostPath", "iscsi",
    "local", "nfs", "photonPersistentDisk", "portworxVolume", "quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume",
];

/**
 * Fields whose change needs a new object, by apiVersion and kind: the official provider's choice, which isn't all that the API server refuses.
 * https://github.com/pulumi/pulumi-kubernetes/blob/v4.34.2/provider/pkg/provider/diff.go
 */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
    "apps/v1 DaemonSet": ["spec.selector"],
    "apps/v1 Deployment": ["spec.selector"],
    "apps/v1 StatefulSet": ["spec.podManagementPolicy", "spec.revisionHistoryLimit", "spec.selector", "spec.serviceName", "spec.volumeClaimTemplates"],
    "batch/v1 Job": ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
    "rbac.authorization.k8s.io/v1 ClusterRoleBinding": ["roleRef"],
    "rbac.authorization.k8s.io/v1 RoleBinding": ["roleRef"],
    "storage.k8s.io/v1 StorageClass": ["parameters", "provisioner"],
    "v1 PersistentVolume": VOLUME_SOURCES.map((source) => `spec.${source}`),
    "v1 PersistentVolumeClaim": ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
    "v1 Pod": [...POD.map((field) => `spec.${field}`), ...["containers", "initContainers"].flatMap((list) => CONTAINER.map((field) => `spec.${list}.*.${field}`))],
    "v1 ResourceQuota": ["spec.scopes"],
    "v1 Secret": ["type"],
    "v1 Service": ["spec.clusterIP"],
};
const IDENTITY = ["metadata.name", "metadata.namespace"];
/** Data that running pods don't see the change of: replaced, unless the settings call it mutable and the object doesn't call itself immutable. */
const DATA: Readonly<Record<string, { readonly fields: readonly string[]; readonly mutable: "enableSecretMutable" | "enableConfigMapMutable" }>> = {
    "v1 ConfigMap": { fields: ["binaryData", "data"], mutable: "enableConfigMapMutable" },
    "v1 Secret": { fields: ["type", "stringData", "data"], mutable: "enableSecretMutable" },
};

/** Paths of the fields whose change replaces the object; `*` stands for any index of a list. */
export function replacingFields(object: KubernetesObject, settings: Settings): string[][] {
    const kind = `${apiVersionOf(object)} ${kindOf(object)}`;
    const data = groupOf(object) === "" ? DATA[kind] : undefined;
    const fixed = data !== undefined && (!settings[data.mutable] || at(object, "immutable") === true);
    return [...IDENTITY, ...FIELDS[kind] ?? [], ...(fixed ? data.fields : [])].map((path) => path.split("."));
}
