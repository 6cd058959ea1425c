import path from "node:path";
import { NODE } from "../node/component";
import { files, type Layout, type Progress } from "./layout";

export interface Component {
    readonly name: string;
    /** What it needs to find; the controllers read the certificate that the API server makes for itself. */
    readonly after: Progress;
    readonly args: (layout: Layout) => readonly string[];
    /** A program that isn't among the cluster's own, and what it needs in its environment. */
    readonly program?: (layout: Layout) => string;
    readonly env?: (layout: Layout) => Readonly<Record<string, string>>;
    /** What has to be there before it starts. */
    readonly prepare?: (layout: Layout, programs: string) => Promise<void>;
    /** Milliseconds to end by itself. */
    readonly patience: number;
}

/** `host:port` is a file's name here: etcd listens on sockets in the run folder, which no other user of the machine can open. */
const CLIENT = "localhost:2379";
const PEER = "localhost:2380";

/** How the API server finds a node's kubelet: by the name `localhost`, at the port that is forwarded to it. */
const kubeletArgs = ({ directory, node }: Layout): string[] => node === undefined ? [] : [
    "--kubelet-preferred-address-types=Hostname",
    `--kubelet-client-certificate=${files(directory).clientCertificate}`,
    `--kubelet-client-key=${files(directory).clientCertificate}`,
];

/** In the order in which they start; they end in the reverse one, because an API server without etcd waits for it. */
const CONTROL_PLANE: readonly Component[] = [
    {
        name: "etcd",
        after: "nothing",
        patience: 10_000,
        args: ({ directory }) => [
            "--name=lab",
            `--data-dir=${files(directory).data}`,
            `--listen-client-urls=unix://${CLIENT}`,
            `--advertise-client-urls=unix://${CLIENT}`,
            `--listen-peer-urls=unix://${PEER}`,
            `--initial-advertise-peer-urls=unix://${PEER}`,
            `--initial-cluster=lab=unix://${PEER}`,
            // The data is worth nothing after a power cut, and the disk is often slow.
            "--unsafe-no-fsync",
            "--log-level=warn",
        ],
    },
    {
        name: "kube-apiserver",
        after: "nothing",
        patience: 20_000,
        args: (layout) => [
            `--etcd-servers=unix://${path.join(layout.run, CLIENT)}`,
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            `--secure-port=${layout.port}`,
            `--cert-dir=${files(layout.directory).certificates}`,
            `--token-auth-file=${files(layout.directory).tokens}`,
            `--service-account-key-file=${files(layout.directory).signingKey}`,
            `--service-account-signing-key-file=${files(layout.directory).signingKey}`,
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-cluster-ip-range=10.96.0.0/16",
            "--authorization-mode=Node,RBAC",
            "--enable-admission-plugins=NodeRestriction",
            "--endpoint-reconciler-type=none",
            // A cluster that would refuse privileged pods by itself could not show that the policy pack does.
            "--allow-privileged=true",
            ...kubeletArgs(layout),
        ],
    },
    {
        name: "kube-controller-manager",
        after: "API server",
        patience: 5000,
        args: ({ directory }) => [
            `--kubeconfig=${files(directory).kubeconfig}`,
            `--service-account-private-key-file=${files(directory).signingKey}`,
            `--root-ca-file=${files(directory).certificate}`,
            // Each controller under an account of its own, as in other clusters: what may do their work there may do it here.
            "--use-service-account-credentials=true",
            "--leader-elect=false",
            "--secure-port=0",
        ],
    },
    {
        name: "kube-scheduler",
        after: "API server",
        patience: 5000,
        args: ({ directory }) => [`--kubeconfig=${files(directory).schedulerKubeconfig}`, "--leader-elect=false", "--secure-port=0"],
    },
];

/** What makes up a cluster. */
export function componentsOf({ node }: Pick<Layout, "node">): readonly Component[] {
    return node === undefined ? CONTROL_PLANE : [...CONTROL_PLANE, NODE];
}
