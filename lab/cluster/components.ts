import path from "node:path";

/** Where one cluster keeps its things. */
export interface Layout {
    /** Data, keys, logs; the owner's alone. */
    readonly directory: string;
    /** Short folder for sockets: their paths may have some hundred characters only. The owner's alone. */
    readonly run: string;
    /** Port of the API server on the loopback interface. */
    readonly port: number;
}

export const files = (directory: string) => ({
    kubeconfig: path.join(directory, "kubeconfig"),
    tokens: path.join(directory, "tokens.csv"),
    signingKey: path.join(directory, "service-accounts.key"),
    certificates: path.join(directory, "certificates"),
    certificate: path.join(directory, "certificates/apiserver.crt"),
    data: path.join(directory, "etcd"),
    state: path.join(directory, "cluster.json"),
    log: (name: string): string => path.join(directory, `${name}.log`),
});

/** How far a start has come: nothing yet, the API server answers, the controllers have done their first work. */
export type Progress = "nothing" | "API server" | "controllers";

export interface Component {
    readonly name: string;
    /** What it needs to find; the controllers read the certificate that the API server makes for itself. */
    readonly after: Progress;
    readonly args: (layout: Layout) => readonly string[];
    /** Milliseconds to end by itself. */
    readonly patience: number;
}

/** `host:port` is a file's name here: etcd listens on sockets in the run folder, which no other user of the machine can open. */
const CLIENT = "localhost:2379";
const PEER = "localhost:2380";

/** In the order in which they start; they end in the reverse one, because an API server without etcd waits for it. */
export const COMPONENTS: readonly Component[] = [
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
        args: ({ directory, run, port }) => [
            `--etcd-servers=unix://${path.join(run, CLIENT)}`,
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            `--secure-port=${port}`,
            `--cert-dir=${files(directory).certificates}`,
            `--token-auth-file=${files(directory).tokens}`,
            `--service-account-key-file=${files(directory).signingKey}`,
            `--service-account-signing-key-file=${files(directory).signingKey}`,
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-cluster-ip-range=10.96.0.0/16",
            "--authorization-mode=Node,RBAC",
            "--enable-admission-plugins=NodeRestriction",
            "--endpoint-reconciler-type=none",
            // A cluster that would refuse privileged pods by itself could not show that the policy pack does.
            "--allow-privileged=true",
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
        args: ({ directory }) => [`--kubeconfig=${files(directory).kubeconfig}`, "--leader-elect=false", "--secure-port=0"],
    },
];
