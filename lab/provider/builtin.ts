/*
 * What the API server does to the values of its own kinds, as far as a comparison with what it gives back has to know it.
 * Custom resources are stored as they are sent.
 */

/** Ends of paths that start with the object's kind and leave list indices out; `*` is any key. */
export type Tails = readonly (readonly string[])[];

const tails = (...paths: readonly string[]): Tails => paths.map((path) => path.split("."));

/** Where quantities stand. */
export const QUANTITIES = tails(
    "resources.limits.*",
    "resources.requests.*",
    "spec.hard.*",
    "limits.max.*",
    "limits.min.*",
    "limits.default.*",
    "limits.defaultRequest.*",
    "limits.maxLimitRequestRatio.*",
    "spec.overhead.*",
    "overhead.podFixed.*",
    "spec.capacity.*",
    "emptyDir.sizeLimit",
    "resourceFieldRef.divisor",
);

/** Maps from free keys to free values: an empty one is left out, an empty value inside is not. */
export const MAPS = tails(
    "annotations", "labels", "matchLabels", "nodeSelector", "data", "binaryData", "stringData", "parameters", "hard", "resources.limits", "resources.requests", "podFixed",
    "overhead", "capacity", "max", "min", "default", "defaultRequest", "maxLimitRequestRatio", "Service.spec.selector", "ReplicationController.spec.selector",
);

/** Truth values that are left out when false; all others are kept, because false differs from unset there. */
export const FALSE_IS_UNSET = tails(
    "hostNetwork", "hostPID", "hostIPC", "stdin", "stdinOnce", "tty", "readOnly", "paused", "publishNotReadyAddresses", "globalDefault", "unschedulable",
);

/** Numbers that are left out when zero. */
export const ZERO_IS_UNSET = tails(
    "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold", "hostPort", "nodePort", "minReadySeconds", "healthCheckNodePort",
);

/** Texts that are kept when empty, because empty differs from unset there. */
export const EMPTY_TEXT_IS_KEPT = tails(
    "storageClassName", "volumeAttributesClassName", "roleRef.apiGroup", "dataSource.apiGroup", "dataSourceRef.apiGroup", "hostPath.type", "StatefulSet.spec.serviceName",
    "failurePolicy", "matchPolicy", "runtimeClassName",
);

/** Lists that are kept when empty. */
export const EMPTY_LIST_IS_KEPT = tails("containers", "rules");

const GROUPS_WITHOUT_DOMAIN = new Set(["", "apps", "autoscaling", "batch", "extensions", "policy"]);

/** Whether a group is Kubernetes' own, and not one that a CustomResourceDefinition has brought. */
export const isBuiltin = (group: string): boolean => GROUPS_WITHOUT_DOMAIN.has(group) || /^(?!x-|snapshot\.|gateway\.|metrics\.)[a-z.]+\.k8s\.io$/.test(group);

/** Kinds that belong to no namespace: known without asking, for when the API server can't be asked. */
export const CLUSTER_SCOPED = new Set([
    "APIService", "CSIDriver", "CSINode", "CertificateSigningRequest", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "FlowSchema", "IngressClass",
    "MutatingWebhookConfiguration", "Namespace", "Node", "PersistentVolume", "PriorityClass", "PriorityLevelConfiguration", "RuntimeClass", "StorageClass",
    "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration", "VolumeAttachment",
]);
