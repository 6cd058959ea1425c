import * as k8s from "@pulumi/kubernetes";

/** The cluster that the stack names. Without this, resources would go to whatever context the kubeconfig happens to be in. */
export function clusterProvider(kubeContext: string): k8s.Provider {
    // A ConfigMap that is deleted and made anew is missing for a moment, or until the next update where this one is interrupted.
    return new k8s.Provider("cluster", { context: kubeContext, enableConfigMapMutable: true });
}
