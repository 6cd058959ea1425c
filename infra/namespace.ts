import type { types } from "@pulumi/kubernetes";
import { COMMON_LABELS } from "./names";

export type PodSecurityLevel = "restricted" | "privileged";

/** Labels by which Pod Security Admission holds a namespace to a level: refuses, records and warns alike. */
export function podSecurityLabels(level: PodSecurityLevel): Record<string, string> {
    return Object.fromEntries(["enforce", "audit", "warn"].flatMap((mode) => [
        [`pod-security.kubernetes.io/${mode}`, level],
        [`pod-security.kubernetes.io/${mode}-version`, "latest"],
    ]));
}

/** No traffic in or out of any pod, unless another policy of the namespace names it. */
export function defaultDeny(namespace: string): { metadata: types.input.meta.v1.ObjectMeta; spec: types.input.networking.v1.NetworkPolicySpec } {
    return {
        metadata: { name: "default-deny", namespace, labels: COMMON_LABELS },
        spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    };
}
