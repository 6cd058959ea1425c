import path from "node:path";

/** Where one cluster keeps its things. */
export interface Layout {
    /** Data, keys, logs; the owner's alone. */
    readonly directory: string;
    /** Short folder for sockets: their paths may have some hundred characters only. The owner's alone. */
    readonly run: string;
    /** Port of the API server on the loopback interface. */
    readonly port: number;
    /** Where the cluster has a node: what it boots from, and its kubelet's port on the loopback interface. */
    readonly node?: { readonly image: string; readonly kubelet: number };
}

export const files = (directory: string) => ({
    kubeconfig: path.join(directory, "kubeconfig"),
    schedulerKubeconfig: path.join(directory, "scheduler.kubeconfig"),
    tokens: path.join(directory, "tokens.csv"),
    /** With its key; the kubelet's clients show it. */
    clientCertificate: path.join(directory, "certificates/kubelet-client.pem"),
    signingKey: path.join(directory, "service-accounts.key"),
    certificates: path.join(directory, "certificates"),
    certificate: path.join(directory, "certificates/apiserver.crt"),
    data: path.join(directory, "etcd"),
    state: path.join(directory, "cluster.json"),
    log: (name: string): string => path.join(directory, `${name}.log`),
});

/** How far a start has come: nothing yet, the API server answers, the controllers have done their first work, the node is ready. */
export type Progress = "nothing" | "API server" | "controllers" | "node";
