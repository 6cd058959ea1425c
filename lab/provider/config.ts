import { KubeConfig } from "@kubernetes/client-node";
import { equal, isUnknown, reveal, textAt, type Value, type Values } from "./values";

/** Together they say which cluster it is. */
const CLUSTER_KEYS = ["kubeconfig", "context", "cluster"];

export interface ConfigDifference {
    readonly changed: readonly string[];
    /** Those which make it another cluster, where nothing of the old one exists. */
    readonly replaces: readonly string[];
}

/** Address and trust of the cluster that a provider's inputs choose, as far as they hold it. */
function clusterOf(inputs: Values): Value | undefined {
    const text = inputs["kubeconfig"];
    if (typeof text !== "string" || !text.includes("\n")) {
        return text;
    }
    const config = new KubeConfig();
    config.loadFromString(text);
    config.setCurrentContext(textAt(inputs, "context") || config.getCurrentContext());
    const chosen = textAt(inputs, "cluster") || config.getContextObject(config.getCurrentContext())?.cluster;
    return JSON.parse(JSON.stringify(config.getCluster(chosen ?? "") ?? null)) as Value;
}

/** What a change of the provider's own configuration means for its resources. */
export function compareConfig(olds: Values, news: Values): ConfigDifference {
    const [old, now] = [reveal(olds), reveal(news)];
    const changed = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => isUnknown(now[key]) || !equal(old[key], now[key]));
    const concerned = CLUSTER_KEYS.filter((key) => changed.includes(key));
    const isOther = concerned.some((key) => isUnknown(now[key])) || (concerned.includes("kubeconfig") ? !equal(clusterOf(old), clusterOf(now)) : concerned.length > 0);
    return { changed, replaces: isOther ? concerned : [] };
}
