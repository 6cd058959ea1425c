import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { files, type Layout } from "../cluster/layout";
import { kubeconfigFor, tokenOf, type User } from "../cluster/identity";
import { ownFolder, writeWhole } from "../files";
import { succeed } from "../../cli/run";
import { accelerator } from "./accelerator";
import { API_PORT } from "./qemu";

/** A name in the API server's certificate; the node's hosts file knows it. */
const SERVER = `https://kubernetes.default.svc:${API_PORT}`;
/** Where files/init puts the API server's certificate. */
const CERTIFICATE = "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt";
const SETTINGS = ["kubelet.yaml", "kubelet.kubeconfig", "kube-proxy.kubeconfig", "network-policies.token", "client-ca.crt", "ca.crt"];

/** What one cluster keeps of its node. */
export const settingsIn = (directory: string) => {
    const node = path.join(directory, "node");
    return {
        node,
        disk: path.join(node, "disk"),
        console: path.join(directory, "node-console.log"),
        accelerator: () => readFileSync(path.join(node, "accelerator"), "utf8") as "kvm" | "tcg",
        settings: Object.fromEntries(SETTINGS.map((name) => [name, path.join(node, name)])),
    };
};

/** Reads what the NetworkPolicies' engine has to know, and nothing that is secret. */
const VIEWER = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "lab-network-policies" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "lab-network-policies" satisfies User }],
};

/** Writes what the node reads when it boots, and gives it a disk as it was built: whatever an earlier run left there is worth nothing. */
export async function prepareNode(layout: Layout, programs: string): Promise<void> {
    const { directory, node } = layout;
    if (node === undefined) {
        return;
    }
    const { certificate, clientCertificate, kubeconfig } = files(directory);
    const { node: folder, disk } = settingsIn(directory);
    await ownFolder(folder);
    const config = (user: User): Promise<string> => tokenOf(directory, user).then((token) => kubeconfigFor(SERVER, CERTIFICATE, token));
    const texts: Readonly<Record<string, string>> = {
        "kubelet.yaml": (await readFile(path.join(__dirname, "files/kubelet.yaml"), "utf8")).replace("PORT", String(node.kubelet)),
        "kubelet.kubeconfig": await config("system:node:localhost"),
        "kube-proxy.kubeconfig": await config("system:kube-proxy"),
        "network-policies.token": await tokenOf(directory, "lab-network-policies"),
        "client-ca.crt": /-----BEGIN CERTIFICATE-----[^]*-----END CERTIFICATE-----\n/.exec(await readFile(clientCertificate, "utf8"))?.[0] ?? "",
        "ca.crt": await readFile(certificate, "utf8"),
        accelerator: await accelerator(node.image),
    };
    await Promise.all(Object.entries(texts).map(([name, text]) => writeWhole(path.join(folder, name), text)));
    await succeed("cp", ["--reflink=auto", "--sparse=always", path.join(node.image, "disk"), disk], {}, (said) => `The node's disk could not be copied: ${said.trim()}`);
    await succeed(path.join(programs, "kubectl"), [`--kubeconfig=${kubeconfig}`, "apply", "--filename=-"], { stdin: "pipe", input: JSON.stringify(VIEWER) },
        (said) => `The engine for NetworkPolicies could not be given its role: ${said.trim()}`);
}
