import * as k8s from "@pulumi/kubernetes";

/** The cluster that the stack names. Without this, resources would go to whatever context the kubeconfig happens to be in. */
export function clusterProvider(kubeContext: string): k8s.Provider {
    return new k8s.Provider("cluster", { context: kubeContext });
}
