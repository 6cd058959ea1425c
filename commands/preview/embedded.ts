import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseDocument } from "yaml";
import { folders, labEnvironment, removeCluster, startCluster } from "../../lab";
import { CONTEXT } from "../../lab/cluster/identity";
import { STACK } from "../../lab/stack";
import { REPOSITORY } from "../../cli/repository";
import { Problem } from "../../cli/problem";
import { run } from "../../cli/run";

/** Selects a stack in the embedded cluster's state. Pulumi would write a new salt, and with it the whole file, into the stack's configuration. */
async function select(stack: string, file: string): Promise<void> {
    const text = await readFile(file, "utf8").catch(() => { throw new Problem(`There is no stack file Pulumi.${stack}.yaml.`); });
    const result = await run("pulumi", ["stack", "select", "--create", stack, "--non-interactive"], { cwd: REPOSITORY }).finally(() => writeFile(file, text));
    if (result.failed) {
        throw new Problem(`pulumi could not select the stack ${stack}:\n${result.all ?? ""}`);
    }
}

/** The uid of the embedded cluster, asked for without the program: nothing that is judged runs in this process. @throws Problem where there is none */
async function clusterId(): Promise<string> {
    const { failed, stdout } = await run("kubectl", ["--context", CONTEXT, "get", "namespace", "kube-system", "--output", "jsonpath={.metadata.uid}"], {});
    if (failed || stdout === "") {
        throw new Problem("There is no embedded cluster; npm start makes one.");
    }
    return stdout;
}

/**
 * Gives a stack that `npm start` hasn't deployed an empty cluster and a state of its own: a dry run is merged with what the cluster has under
 * the same names, and would show another stack's fields as this one's. From here on this process has that cluster's environment.
 */
async function withCluster<Result>(stack: string, use: () => Promise<Result>): Promise<Result> {
    if (stack === STACK) {
        return await use();
    }
    const lab = await mkdtemp(path.join(tmpdir(), "wikifunctions-empty-"));
    const { cluster } = folders(lab);
    try {
        await startCluster(cluster, folders().bin);
        Object.assign(process.env, await labEnvironment(lab));
        return await use();
    } finally {
        await removeCluster(cluster);
        await rm(lab, { recursive: true, force: true });
    }
}

/** Has a stack's file lead to the cluster of the environment. @param use gets the arguments for `pulumi preview` */
async function onThis<Result>(stack: string, use: (args: readonly string[]) => Promise<Result>): Promise<Result> {
    const uid = await clusterId();
    const file = path.join(REPOSITORY, `Pulumi.${stack}.yaml`);
    await select(stack, file);
    const folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-embedded-"));
    try {
        const document = parseDocument(await readFile(file, "utf8"));
        document.setIn(["config", "wikifunctions:kubeContext"], CONTEXT);
        document.setIn(["config", "wikifunctions:clusterId"], uid);
        const config = path.join(folder, `Pulumi.${stack}.yaml`);
        await writeFile(config, document.toString());
        return await use(["--config-file", config]);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/**
 * Has a stack's file lead to an embedded cluster, for a pipeline that may not know the real one.
 * @param use gets the arguments for `pulumi preview`; from here on this process has the embedded cluster's environment
 * @throws Problem where `npm start` has made none
 */
export async function onEmbeddedCluster<Result>(stack: string, use: (args: readonly string[]) => Promise<Result>): Promise<Result> {
    Object.assign(process.env, await labEnvironment());
    await clusterId();
    return withCluster(stack, () => onThis(stack, use));
}
