import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { ensureToolchain, removeCluster, startCluster } from "../../../lab";
import { wrap } from "../../../lab/toolchain/programs";
import { normalObject, normalStates, normalSteps, neutral } from "./normal";
import { placeOfficial } from "./official";
import { Plugin } from "./plugin";
import { Project, type Properties, type Resources, type Step } from "../../project";

export const SIDES = ["official", "small"] as const;
export type Side = (typeof SIDES)[number];

/** What the stacks of both sides make. */
const NAMESPACED = "resourcequotas,limitranges,networkpolicies,serviceaccounts,configmaps,secrets,deployments,daemonsets,services,poddisruptionbudgets,roles,rolebindings,jobs";
const CLUSTER_SCOPED = "namespaces,priorityclasses,runtimeclasses,validatingadmissionpolicies,validatingadmissionpolicybindings";
/** Every namespace gets these by itself. */
const NOT_OURS = ["kube-root-ca.crt", "default"];
const PLUGIN = "pulumi-resource-kubernetes";

export const namespaceOf = (side: Side): string => `parity-${side}`;

/** One cluster, and for each provider a plugin to ask directly and a project to run `pulumi` in. */
export class Setting {
    private constructor(
        private readonly directory: string,
        readonly kubeconfig: string,
        private readonly kubectlProgram: string,
        readonly plugins: Readonly<Record<Side, Plugin>>,
        readonly projects: Readonly<Record<Side, Project>>,
    ) {}

    /** @returns undefined where there is no official provider on this machine */
    static async start(): Promise<Setting | undefined> {
        const directory = await mkdtemp(path.join(tmpdir(), "wikifunctions-parity-"));
        const bin = (side: Side): string => path.join(directory, side, "bin");
        if (!await placeOfficial(bin("official"))) {
            await rm(directory, { recursive: true });
            return undefined;
        }
        await mkdir(bin("small"), { recursive: true });
        await wrap(path.join(bin("small"), PLUGIN), "lab/provider/main.ts");
        const toolchain = await ensureToolchain();
        const { kubeconfig } = await startCluster(path.join(directory, "cluster"), toolchain.bin);
        const both = async <Made>(make: (side: Side) => Promise<Made>): Promise<Record<Side, Made>> => ({ official: await make("official"), small: await make("small") });
        const plugins = await both((side) => Plugin.start(path.join(bin(side), PLUGIN), kubeconfig));
        const projects = await both((side) => Project.create(path.join(directory, side, "project"), [bin(side), toolchain.bin], kubeconfig));
        return new Setting(directory, kubeconfig, path.join(toolchain.bin, "kubectl"), plugins, projects);
    }

    async stop(): Promise<void> {
        await Promise.all(SIDES.map((side) => this.plugins[side].stop()));
        await removeCluster(path.join(this.directory, "cluster"));
        await rm(this.directory, { recursive: true, force: true });
    }

    async kubectl(...args: readonly string[]): Promise<string> {
        return (await execa(this.kubectlProgram, args, { env: { KUBECONFIG: this.kubeconfig } })).stdout;
    }

    /** A kubeconfig for an API server that isn't there: nothing listens on port 1. */
    async deadKubeconfig(): Promise<string> {
        const file = path.join(this.directory, "dead.kubeconfig");
        await writeFile(file, (await readFile(this.kubeconfig, "utf8")).replace(/(server: .*):\d+/, "$1:1"));
        return file;
    }

    /** What both sides did, to be the same but for names and times. */
    async agree<What>(act: (side: Side, project: Project) => Promise<What>): Promise<What> {
        const [official, small] = await Promise.all(SIDES.map(async (side) => neutral(await act(side, this.projects[side]), namespaceOf(side))));
        assert.deepEqual(small, official);
        return official as What;
    }

    /** Gives both projects their resources. */
    async write(make: (namespace: string) => Resources): Promise<void> {
        await Promise.all(SIDES.map((side) => this.projects[side].write(make(namespaceOf(side)))));
    }

    /** Does to both sides' namespaces the same with `kubectl`. */
    async change(...args: readonly string[]): Promise<void> {
        await Promise.all(SIDES.map((side) => this.kubectl(...args.map((arg) => arg.replaceAll("NAMESPACE", namespaceOf(side))), "--namespace", namespaceOf(side))));
    }

    /** Objects of one side. */
    async objects(side: Side): Promise<Properties[]> {
        const list = async (...args: readonly string[]): Promise<Properties[]> => (JSON.parse(await this.kubectl("get", ...args, "-o", "json", "--show-managed-fields")) as { items: Properties[] }).items;
        const nameOf = (object: Properties): string => String((object["metadata"] as Properties)["name"]);
        const found = [...await list(NAMESPACED, "--namespace", namespaceOf(side)), ...(await list(CLUSTER_SCOPED)).filter((object) => nameOf(object).startsWith(namespaceOf(side)))];
        return found.filter((object) => !NOT_OURS.includes(nameOf(object))).map(normalObject);
    }

    async agreeOnCluster(): Promise<Properties[]> {
        return this.agree((side) => this.objects(side));
    }

    async agreeOnState(): Promise<void> {
        await this.agree(async (_, project) => normalStates(await project.state()));
    }

    /** @returns the plan's operations with the resources' names, without those that leave things as they are; and the exit code */
    async agreeOnPreview(): Promise<{ readonly exitCode: number; readonly plan: string[] }> {
        const { exitCode, steps } = await this.agree(async (_, project) => {
            const preview = await project.preview();
            // One that fails stops at once: how far it has come is chance.
            return { exitCode: preview.exitCode, steps: preview.exitCode === 0 ? normalSteps(preview.steps) : [] };
        });
        const plan = (steps as Step[]).filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${urn.split("::").at(-1) ?? ""}`);
        return { exitCode, plan };
    }

    /** Runs `pulumi` on both sides. @throws Error with what they said when either doesn't end as expected */
    async run(ends: "well" | "badly", ...args: readonly string[]): Promise<Readonly<Record<Side, string>>> {
        const [official, small] = await Promise.all(SIDES.map((side) => this.projects[side].pulumi(...args)));
        if ([official, small].some((outcome) => (outcome?.exitCode === 0) !== (ends === "well"))) {
            throw new Error(`pulumi ${args.join(" ")} was to end ${ends}\nofficial: ${official?.exitCode}\n${official?.output}\nsmall: ${small?.exitCode}\n${small?.output}`);
        }
        return { official: official?.output ?? "", small: small?.output ?? "" };
    }
}
