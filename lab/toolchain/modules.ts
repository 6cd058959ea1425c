import { readFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../paths";

/** A Go module of `lab/go/` whose go.mod and go.sum pin what is built. */
export interface GoModule {
    /** Folder below `lab/go/`, e.g. `kubernetes`. */
    readonly name: string;
    /** The module that go.mod requires; its version is the tools' version. */
    readonly source: string;
    /** Packages by the name of their program. */
    readonly programs: Readonly<Record<string, string>>;
    /** Linker settings that tell the programs their version, which they can't know outside of their own repository. */
    readonly stamps: (version: string) => readonly string[];
}

const KUBERNETES_PROGRAMS = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl"] as const;

export const PULUMI: GoModule = {
    name: "pulumi",
    source: "github.com/pulumi/pulumi/pkg/v3",
    programs: { pulumi: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
    stamps: (version) => [`github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`],
};

export const KUBERNETES: GoModule = {
    name: "kubernetes",
    source: "k8s.io/kubernetes",
    programs: Object.fromEntries(KUBERNETES_PROGRAMS.map((program) => [program, `k8s.io/kubernetes/cmd/${program}`])),
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

export function folderOf(module: GoModule): string {
    return path.join(REPOSITORY, "lab/go", module.name);
}

/** The version that go.mod pins, e.g. `v1.36.3`. */
export function versionOf(module: GoModule): string {
    const text = readFileSync(path.join(folderOf(module), "go.mod"), "utf8");
    const line = text.split("\n").find((candidate) => candidate.replace("require", "").trim().startsWith(`${module.source} v`));
    const version = line?.trim().split(/\s+/).find((word) => /^v\d/.test(word));
    if (version === undefined) {
        throw new Error(`lab/go/${module.name}/go.mod requires no version of ${module.source}`);
    }
    return version;
}
