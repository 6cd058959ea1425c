import { KubeConfig } from "@kubernetes/client-node";
import { equal, isUnknown, reveal, textAt, type Value, type Values } from "./values";

/** Together they say which cluster it is. */
const CLUSTER_KEYS = ["kubeconfig", "context", "cluster"];

export interface ConfigDifference {
    readonly changed: readonly string[];
    /** Those which make it another cluster, where nothing of the old one exists. */
    readonly replaces: readonly string[];
}

/** Address and trust of the cluster that a provider's inputs choose, where they hold its kubeconfig; a file's may change unseen. */
function clusterOf(inputs: Values): Value | undefined {
    const text = textAt(inputs, "kubeconfig");
    if (!text.includes("\n")) {
        return undefined;
    }
    const config = new KubeConfig();
    config.loadFromString(text);
    const chosen = config.getContextObject(textAt(inputs, "context") || config.getCurrentContext());
    const cluster = chosen === null ? null : config.getCluster(textAt(inputs, "cluster") || chosen.cluster);
    return cluster === null ? undefined : JSON.parse(JSON.stringify(cluster)) as Value;
}

/** What a change of the provider's own configuration means for its resources. */
export function compareConfig(olds: Values, news: Values): ConfigDifference {
    const [old, now] = [reveal(olds), reveal(news)];
    const changed = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => isUnknown(now[key]) || !equal(old[key], now[key]));
    const concerned = CLUSTER_KEYS.filter((key) => changed.includes(key));
    const [before, after] = [clusterOf(old), clusterOf(now)];
    const isOther = concerned.some((key) => isUnknown(now[key])) || (before !== undefined && after !== undefined && !equal(before, after));
    return { changed, replaces: isOther ? concerned : [] };
}
