import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import execa from "execa";
import { haltCluster, removeCluster, startCluster, type Cluster } from "../cluster";
import { folders, labEnvironment, type LabEnvironment } from "../environment";
import { OTHERS } from "../files";
import { interrupted, listenForInterrupt } from "../interrupt";
import { withLock } from "../lock";
import { ensureNode, missingForNode, type NodeImage } from "../node";
import { REPOSITORY } from "../paths";
import { EXIT_FOUND, Problem } from "../problem";
import { bold, say, step } from "../progress";
import { runVisibly } from "../run";
import { removeStaleLocks, selectStack, STACK } from "../stack";
import { ensureToolchain } from "../toolchain";

async function deploy(env: LabEnvironment): Promise<void> {
    say(bold(`pulumi up --stack ${STACK} --policy-pack policy`));
    const exitCode = await runVisibly("pulumi", ["up", "--stack", STACK, "--policy-pack", "policy", "--yes", "--non-interactive"], { cwd: REPOSITORY, env });
    if (exitCode !== 0) {
        throw new Problem(`pulumi up ended with exit code ${exitCode}; its reason stands above. The cluster runs on: npm run kubectl -- get all -A, npm stop`, EXIT_FOUND);
    }
}

/** The node, or undefined where this machine can't have one, after saying why. */
async function nodeOrReason(): Promise<NodeImage | undefined> {
    const missing = missingForNode();
    if (missing !== undefined) {
        say(`  Without a node: ${missing}. The control plane stands alone, and its pods stay Pending.`);
        return undefined;
    }
    return ensureNode();
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

/** Gets the tools, starts the cluster, and deploys the stack `local` with the policy pack. A second run finds everything up to date. */
export async function start(): Promise<void> {
    listenForInterrupt();
    // The tools write what is their user's alone, some of it for everybody to read.
    process.umask(OTHERS);
    const toolchain = await ensureToolchain();
    toolchain.tools.forEach(({ name, from }) => { say(`  ${name.padEnd(28)}${from}`); });
    const node = await nodeOrReason();
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
