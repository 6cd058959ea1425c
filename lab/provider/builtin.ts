/*
 * What the API server does to the values of its own kinds, as far as a comparison with what it gives back has to know it.
 * Custom resources are stored as they are sent.
 */

/** Ends of paths (list indices left out, * for any key) where a quantity stands. */
export const QUANTITIES: readonly (readonly string[])[] = [
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
].map((path) => path.split("."));

/** Maps from free keys to free values: an empty one is left out, an empty value inside is not. */
export const MAPS = new Set([
    "annotations", "labels", "matchLabels", "nodeSelector", "selector", "data", "binaryData", "stringData", "parameters", "hard", "limits", "requests",
    "podFixed", "overhead", "capacity", "max", "min", "default", "defaultRequest", "maxLimitRequestRatio", "mountOptions",
]);

/** Truth values that are left out when false; all others are kept, because false differs from unset there. */
export const FALSE_IS_UNSET = new Set([
    "hostNetwork", "hostPID", "hostIPC", "stdin", "stdinOnce", "tty", "readOnly", "paused", "publishNotReadyAddresses", "globalDefault", "unschedulable",
]);

/** Numbers that are left out when zero. */
export const ZERO_IS_UNSET = new Set([
    "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold", "hostPort", "nodePort", "minReadySeconds", "healthCheckNodePort",
]);

/** Texts that are kept when empty, because empty differs from unset there. */
export const EMPTY_TEXT_IS_KEPT = new Set(["storageClassName", "volumeAttributesClassName", "apiGroup", "schedulerName"]);

/** Lists that are kept when empty. */
export const EMPTY_LIST_IS_KEPT = new Set(["containers", "rules", "webhooks"]);

const GROUPS_WITHOUT_DOMAIN = new Set(["", "apps", "autoscaling", "batch", "extensions", "policy"]);

/** Whether a group is Kubernetes' own, and not one that a CustomResourceDefinition has brought. */
export const isBuiltin = (group: string): boolean => GROUPS_WITHOUT_DOMAIN.has(group) || /^(?!x-|snapshot\.|gateway\.|metrics\.)[a-z.]+\.k8s\.io$/.test(group);

/** Kinds that belong to no namespace: known without asking, for when the API server can't be asked. */
export const CLUSTER_SCOPED = new Set([
    "APIService", "CSIDriver", "CSINode", "CertificateSigningRequest", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "FlowSchema", "IngressClass",
    "MutatingWebhookConfiguration", "Namespace", "Node", "PersistentVolume", "PriorityClass", "PriorityLevelConfiguration", "RuntimeClass", "StorageClass",
    "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration", "VolumeAttachment",
]);
