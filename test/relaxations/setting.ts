import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { removeCluster, startCluster } from "../../lab";
import { IDLE_PROVIDER } from "../../lab/paths";
import { Project } from "../project";
import { STACK } from "./base";

/** Packages whose plugins this project has no use for: a stand-in takes whatever it is given, so that the policy alone is in the way. */
const STAND_INS = ["command", "docker", "pulumi-nodejs"];

/** Folder of the stand-in for the Kubernetes provider, which only some projects have on PATH. */
const KUBERNETES = "kubernetes";

/** Nobody needs the state that hundreds of resources would be written to one by one. */
const FAST = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/** An embedded cluster of its own, with the sandbox's two namespaces and nothing else, and projects to run `pulumi` in. */
export class Setting {
    private readonly projects = new Map<string, Promise<Project>>();

    private constructor(
        private readonly directory: string,
        private readonly kubeconfig: string,
        private readonly bin: readonly string[],
    ) {}

    /** @param bin folder of the tools */
    static async start(bin: string, namespaces: readonly string[]): Promise<Setting> {
        const directory = await mkdtemp(path.join(tmpdir(), "wikifunctions-relaxations-"));
        const { kubeconfig } = await startCluster(path.join(directory, "cluster"), bin);
        for (const namespace of namespaces) {
            await execa(path.join(bin, "kubectl"), ["create", "namespace", namespace], { env: { KUBECONFIG: kubeconfig } });
        }
        const standIns = path.join(directory, "bin");
        await mkdir(standIns);
        await mkdir(path.join(standIns, KUBERNETES));
        const plugins = [...STAND_INS.map((name) => `pulumi-resource-${name}`), path.join(KUBERNETES, "pulumi-resource-kubernetes")];
        await Promise.all(plugins.map((plugin) => symlink(IDLE_PROVIDER, path.join(standIns, plugin))));
        return new Setting(directory, kubeconfig, [bin, standIns]);
    }

    /**
     * A project that nothing has been deployed from, or the one that it has by the name.
     * @param standIn whether the Kubernetes provider is one that takes everything
     */
    async project(name: string, standIn = false, stack = STACK): Promise<Project> {
        const first = standIn ? [path.join(this.directory, "bin", KUBERNETES)] : [];
        const found = this.projects.get(name) ?? Project.create(path.join(this.directory, name), [...first, ...this.bin], this.kubeconfig, { stack, env: FAST });
        this.projects.set(name, found);
        return found;
    }

    async stop(): Promise<void> {
        await removeCluster(path.join(this.directory, "cluster"));
        await rm(this.directory, { recursive: true, force: true });
    }
}
