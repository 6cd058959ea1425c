import execa from "execa";

/** A cluster with a node on which the stack is deployed. */
export interface Setting {
    readonly kubeconfig: string;
    kubectl(...args: readonly string[]): Promise<string>;
}

/** The cluster of a kubeconfig. */
export function settingOf(kubeconfig: string): Setting {
    return {
        kubeconfig,
        kubectl: async (...args) => (await execa("kubectl", args, { env: { KUBECONFIG: kubeconfig } })).stdout,
    };
}
