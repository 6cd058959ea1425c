import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import type { Settings } from "./settings";

const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/token";

/** Files that exist, of those that `kubectl` would look into; it passes over missing ones as well. */
function usualFiles(env: NodeJS.ProcessEnv): string[] {
    const named = (env["KUBECONFIG"] ?? "").split(path.delimiter).filter((file) => file !== "");
    return (named.length > 0 ? named : [path.join(homedir(), ".kube/config")]).filter((file) => existsSync(file));
}

function fromFiles(files: readonly string[]): KubeConfig {
    const [first, ...others] = files.map((file) => {
        const config = new KubeConfig();
        config.loadFromFile(file);
        return config;
    });
    if (first === undefined) {
        throw new Error("no kubeconfig found; set KUBECONFIG or kubernetes:kubeconfig");
    }
    others.forEach((other) => { first.mergeConfig(other); });
    return first;
}

function load(kubeconfig: string, env: NodeJS.ProcessEnv): KubeConfig {
    if (kubeconfig === "") {
        const files = usualFiles(env);
        if (files.length === 0 && existsSync(SERVICE_ACCOUNT)) {
            const config = new KubeConfig();
            config.loadFromCluster();
            return config;
        }
        return fromFiles(files);
    }
    const file = kubeconfig.startsWith("~/") ? path.join(homedir(), kubeconfig.slice(2)) : kubeconfig;
    if (!kubeconfig.includes("\n") && existsSync(file)) {
        return fromFiles([file]);
    }
    const config = new KubeConfig();
    config.loadFromString(kubeconfig);
    return config;
}

/**
 * The connection that the settings choose.
 * @throws Error saying what can't be read or doesn't exist, in one line
 */
export function loadKubeConfig({ kubeconfig, context, cluster }: Settings, env: NodeJS.ProcessEnv): KubeConfig {
    const config = load(kubeconfig, env);
    if (context !== "") {
        config.setCurrentContext(context);
    }
    const chosen = config.getContextObject(config.getCurrentContext());
    if (chosen === null) {
        throw new Error(`context "${config.getCurrentContext()}" does not exist; there is ${config.getContexts().map(({ name }) => `"${name}"`).join(", ") || "none"}`);
    }
    const name = cluster === "" ? chosen.cluster : cluster;
    if (config.getCluster(name) === null) {
        throw new Error(`cluster "${name}" does not exist; there is ${config.getClusters().map((other) => `"${other.name}"`).join(", ") || "none"}`);
    }
    const overridden = new KubeConfig();
    overridden.loadFromOptions({
        // The library wants to be told that plain HTTP, as of `kubectl proxy`, has no certificate to verify.
        clusters: config.getClusters().map((one) => (one.server.startsWith("http:") ? { ...one, skipTLSVerify: true } : one)),
        users: config.getUsers(),
        contexts: [{ ...chosen, cluster: name }],
        currentContext: chosen.name,
    });
    return overridden;
}
