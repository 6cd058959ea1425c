import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import execa from "execa";
import { haltCluster, removeCluster, startCluster, type Cluster } from "../cluster";
import { folders, labEnvironment, type LabEnvironment } from "../environment";
import { OTHERS } from "../files";
import { interrupted, listenForInterrupt } from "../../cli/interrupt";
import { withLock } from "../lock";
import { ensureNode, type NodeImage } from "../node";
import { REPOSITORY } from "../../cli/repository";
import { EXIT_FOUND, Problem } from "../../cli/problem";
import { bold, say, step } from "../../cli/progress";
import { runVisibly } from "../../cli/run";
import { removeStaleLocks, selectStack, STACK } from "../stack";
import { ensureToolchain } from "../toolchain";

async function deploy(env: LabEnvironment): Promise<void> {
    say(bold(`pulumi up --stack ${STACK} --policy-pack policy`));
    const exitCode = await runVisibly("pulumi", ["up", "--stack", STACK, "--policy-pack", "policy", "--yes", "--non-interactive"], { cwd: REPOSITORY, env });
    if (exitCode !== 0) {
        throw new Problem(`pulumi up ended with exit code ${exitCode}; its reason stands above. The cluster runs on: npm run kubectl -- get all -A, npm stop`, EXIT_FOUND);
    }
}

async function summary(env: LabEnvironment, { kubeconfig }: Cluster, hasNode: boolean): Promise<string> {
    const list = await execa("kubectl", ["get", "deployments,daemonsets", "-A", "-l", "app.kubernetes.io/part-of=wikifunctions", "-o", "custom-columns=NAMESPACE:.metadata.namespace,KIND:.kind,NAME:.metadata.name,REPLICAS:.spec.replicas"], { env });
    return [
        "",
        `Deployed to the embedded ${hasNode ? "cluster" : "control plane"}`,
        list.stdout,
        "",
        hasNode ? "Its node is a virtual machine: pods run there, confined by AppArmor and seccomp, and NetworkPolicies hold." : "It has no node: pods are admitted and stay Pending.",
        "Look:              npm run kubectl -- get pods -A",
        `With other tools:  export KUBECONFIG='${kubeconfig}'`,
        "With pulumi:       eval \"$(npm run -s env)\"; pulumi preview --policy-pack policy",
        "Stop and remove:   npm stop",
        "A real cluster:    see \"A real cluster\" in README.md",
        "",
    ].join("\n");
}

/** @param wanted undefined: where there can be one. @param ensure gets one. @throws Problem where it is wanted and can't be had */
export async function nodeWhere(wanted: boolean | undefined, ensure: () => Promise<NodeImage> = ensureNode): Promise<NodeImage | undefined> {
    if (wanted === false) {
        return undefined;
    }
    try {
        return await ensure();
    } catch (error) {
        if (wanted === true || interrupted.aborted || !(error instanceof Problem)) {
            throw error;
        }
        say(`${bold("The control plane stands alone.")} ${error.message}`);
        return undefined;
    }
}

/** Gets the tools, starts the cluster and deploys the stack `local` with the policy pack. A second run finds everything up to date. @param node whether it has a node; where nothing is said, if there can be one */
export async function start({ node: wanted }: { readonly node?: boolean } = {}): Promise<void> {
    listenForInterrupt();
    // The tools write what is their user's alone, some of it for everybody to read.
    process.umask(OTHERS);
    const toolchain = await ensureToolchain();
    toolchain.tools.forEach(({ name, from }) => { say(`  ${name.padEnd(28)}${from}`); });
    const node = await nodeWhere(wanted);
    const { stack, backend, cluster: directory } = folders();
    await withLock(stack, "the stack of the embedded cluster", async () => {
        const isNew = !existsSync(directory);
        if (isNew) {
            // A state without its cluster would only be in the way.
            await rm(backend, { recursive: true, force: true });
        }
        const env = await labEnvironment();
        const cluster = await startCluster(directory, toolchain.bin, node);
        try {
            await step(`Selecting the stack ${STACK}`, () => selectStack(env));
            await removeStaleLocks();
            await deploy(env);
        } catch (error) {
            if (interrupted.aborted && cluster.started) {
                await (isNew ? removeCluster : haltCluster)(directory);
            }
            throw error;
        }
        process.stdout.write(await summary(env, cluster, node !== undefined));
    });
}
