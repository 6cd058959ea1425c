import * as pulumi from "@pulumi/pulumi";
import { isValue } from "./config/problem";
import { CLUSTER_ID, type Config } from "./config/schema";
import { KubernetesApi, KubernetesApiError } from "./kubernetes-api";

/** There from a cluster's first minute to its last, and with a uid that no other cluster has. */
const IDENTITY = "/api/v1/namespaces/kube-system";

/** What the cluster of a context says it is. @throws KubernetesApiError where it doesn't */
export async function clusterIdOf(kubeContext: string): Promise<string> {
    const api = await KubernetesApi.of(kubeContext);
    const { metadata } = await api.get(IDENTITY) as { metadata?: { uid?: string } };
    if (typeof metadata?.uid !== "string" || metadata.uid === "") {
        throw new KubernetesApiError(`GET ${IDENTITY}: there is no uid in the answer`);
    }
    return metadata.uid;
}

/**
 * Compares the cluster of the stack's context with the one that the stack names, so that no resource lands on another.
 * @throws pulumi.RunError where it is another one, or can't be asked; Pulumi prints it without a stack trace
 */
export async function checkCluster({ kubeContext, clusterId }: Pick<Config, "kubeContext" | "clusterId">): Promise<void> {
    if (clusterId === "") {
        return;
    }
    const found = await clusterIdOf(kubeContext).catch((error: unknown) => {
        throw refused(clusterId, `can't be compared with the cluster of the context "${kubeContext}" (${(error as Error).message})`, CLUSTER_ID);
    });
    if (found !== clusterId) {
        throw refused(clusterId, `is not the cluster of the context "${kubeContext}"`, `"${found}", if that is the stack's cluster; another kubeContext, if it isn't`);
    }
}

function refused(clusterId: string, what: string, allowed: string): pulumi.RunError {
    return new pulumi.RunError(`Nothing in the cluster was changed:\nwikifunctions:clusterId ${isValue(clusterId)}, which ${what}; allowed: ${allowed}`);
}
