import { PROVIDER_TYPE } from "../model/kinds";
import type { Resource } from "../model/resource";
import type { Cluster, Posture } from "../posture/posture";

/** Clusters that a stack's providers lead to and the posture doesn't name, as they would have to be approved. */
export function unknownClusters(resources: readonly Resource[], { clusters, surroundings: { clusterId = "" } }: Posture): readonly Cluster[] {
    const contexts = resources.filter(({ type }) => type === PROVIDER_TYPE).map(({ props }) => props["context"]).filter((context) => typeof context === "string");
    const isKnown = (context: string): boolean => clusters.some((cluster) => cluster.context === context && (cluster.id === undefined || clusterId === "" || cluster.id === clusterId));
    return [...new Set(contexts)].filter((context) => !isKnown(context)).map((context) => ({ context, ...(clusterId === "" ? {} : { id: clusterId }) }));
}

/** `my-cluster: 8c5…`. */
export function clusterInWords({ context, id = "any cluster" }: Cluster): string {
    return `${context}: ${id}`;
}
