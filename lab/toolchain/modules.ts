import { readFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../../cli/repository";
import { providerVersion } from "./official";

/** A Go module of `lab/go/` whose go.mod and go.sum pin what is built. */
export interface GoModule {
    readonly name: string;
    /** Folder below `lab/go/` where it isn't the name, or anywhere else as a whole path. */
    readonly folder?: string;
    /** The module that go.mod requires; its version is the tools' version. */
    readonly source: string;
    /** Packages by the name of their program; `.` is the folder's own. */
    readonly programs: Readonly<Record<string, string>>;
    /** Files of the source module that the folder's own package embeds, as if they stood there: Go embeds nothing from another module. */
    readonly embeds?: readonly string[];
    /** Patterns of packages that are generated, large and hardly ever run: compiled without optimisation, which takes most of their time. */
    readonly unoptimised?: readonly string[];
    /** Build tags that leave out what isn't needed. */
    readonly tags?: readonly string[];
    /** Linker settings that tell the programs their version, which they can't know outside of their own repository. */
    readonly stamps: (version: string) => readonly string[];
}

const kubernetesPrograms = (...programs: readonly string[]): Record<string, string> => Object.fromEntries(programs.map((program) => [program, `k8s.io/kubernetes/cmd/${program}`]));

export const PULUMI: GoModule = {
    name: "pulumi",
    source: "github.com/pulumi/pulumi/pkg/v3",
    programs: { pulumi: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
    stamps: (version) => [`github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`],
};

const PROVIDER_MODULE = "github.com/pulumi/pulumi-kubernetes/provider/v4";

/**
 * Pulumi's own Kubernetes provider. Its go.mod has the CLI's version of what both require, so that a third of their common packages is compiled once;
 * of Pulumi's own modules it takes older ones.
 */
export const PROVIDER: GoModule = {
    name: "provider",
    source: PROVIDER_MODULE,
    programs: { "pulumi-resource-kubernetes": "." },
    embeds: ["cmd/pulumi-resource-kubernetes/schema.json", "cmd/pulumi-resource-kubernetes/terraform-mapping.json"],
    unoptimised: ["github.com/pulumi/pulumi-kubernetes/sdk/v4/..."],
    // The engine wants a version no older than the program's; what it is built from stands in its build metadata, which leaves the order alone.
    stamps: (version) => [`${PROVIDER_MODULE}/pkg/version.Version=${providerVersion()}+${version.split("-").at(-1) ?? ""}`],
};

export const KUBERNETES: GoModule = {
    name: "kubernetes",
    source: "k8s.io/kubernetes",
    programs: kubernetesPrograms("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl"),
    stamps: (version) => {
        const [major = "", minor = ""] = version.replace(/^v/, "").split(".");
        const stamp = (key: string, value: string): string[] => ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].map((name) => `${name}.${key}=${value}`);
        return [...stamp("gitVersion", version), ...stamp("gitMajor", major), ...stamp("gitMinor", minor)];
    },
};

export const ETCD: GoModule = {
    name: "etcd",
    source: "go.etcd.io/etcd/server/v3",
    programs: { etcd: "go.etcd.io/etcd/server/v3" },
    stamps: () => [],
};

/** What a node takes beside the control plane. */
export const NODE_KUBERNETES: GoModule = { ...KUBERNETES, name: "kubernetes-node", folder: "kubernetes", programs: kubernetesPrograms("kubelet", "kube-proxy") };

export const CONTAINERD: GoModule = {
    name: "containerd",
    source: "github.com/containerd/containerd/v2",
    programs: Object.fromEntries(["containerd", "containerd-shim-runc-v2", "ctr"].map((program) => [program, `github.com/containerd/containerd/v2/cmd/${program}`])),
    tags: ["no_btrfs", "no_devmapper", "no_zfs"],
    stamps: (version) => [`github.com/containerd/containerd/v2/version.Version=${version}`],
};

export const CNI: GoModule = {
    name: "cni",
    source: "github.com/containernetworking/plugins",
    programs: Object.fromEntries(["main/ptp", "main/loopback", "ipam/host-local"].map((plugin) => [path.basename(plugin), `github.com/containernetworking/plugins/plugins/${plugin}`])),
    stamps: () => [],
};

/** The engine that enforces NetworkPolicies on the node. */
export const NETWORK_POLICIES: GoModule = {
    name: "network-policies",
    source: "sigs.k8s.io/kube-network-policies",
    programs: { "kube-network-policies": "sigs.k8s.io/kube-network-policies/cmd" },
    stamps: () => [],
};

/** The kernel in user space behind RuntimeClasses whose handler is `runsc`. */
export const GVISOR: GoModule = {
    name: "gvisor",
    source: "gvisor.dev/gvisor",
    programs: { runsc: "gvisor.dev/gvisor/runsc", "containerd-shim-runsc-v1": "gvisor.dev/gvisor/shim" },
    stamps: (version) => [`gvisor.dev/gvisor/runsc/version.version=${version}`],
};

export function folderOf({ name, folder = name }: GoModule): string {
    return path.resolve(REPOSITORY, "lab/go", folder);
}

/** The version that go.mod pins, e.g. `v1.37.2`. */
export function versionOf(module: GoModule): string {
    const text = readFileSync(path.join(folderOf(module), "go.mod"), "utf8");
    const line = text.split("\n").find((candidate) => candidate.replace("require", "").trim().startsWith(`${module.source} v`));
    const version = line?.trim().split(/\s+/).find((word) => /^v\d/.test(word));
    if (version === undefined) {
        throw new Error(`${folderOf(module)}/go.mod requires no version of ${module.source}`);
    }
    return version;
}
