import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ownFolder } from "../files";
import { withLock } from "../lock";
import { step } from "../progress";
import { COMPONENTS, files, type Layout } from "./components";
import { isHealthy, untilHealthy } from "./health";
import { CONTEXT, makeIdentity, writeKubeconfig } from "./identity";
import { freePort } from "./ports";
import { endProcess, isRunning, startProcess, type ProcessRecord } from "./processes";
import { readState, writeState, type ClusterState } from "./state";

/** A control plane that runs: etcd, API server, controller manager, scheduler. It has no node. */
export interface Cluster {
    readonly directory: string;
    readonly kubeconfig: string;
    /** Name of the kubeconfig's only context. */
    readonly context: string;
    /** False where it ran already. */
    readonly started: boolean;
}

const clusterAt = (directory: string, started: boolean): Cluster => ({ directory, kubeconfig: files(directory).kubeconfig, context: CONTEXT, started });

/** Ends a cluster's processes, the last one first, and takes its sockets away. Its data stays. */
async function end({ processes, run }: ClusterState): Promise<void> {
    for (const record of [...processes].reverse()) {
        await endProcess(record, COMPONENTS.find(({ name }) => name === record.name)?.patience ?? 0);
    }
    await rm(run, { recursive: true, force: true });
}

async function startComponents(layout: Layout, programs: string): Promise<void> {
    await step("Starting the control plane", async (detail) => {
        const processes: ProcessRecord[] = [];
        try {
            for (const { name, args, after } of COMPONENTS) {
                await untilHealthy(layout, processes, after, detail);
                processes.push(await startProcess(name, path.join(programs, name), args(layout), layout.run, files(layout.directory).log(name)));
                // After each of them: whatever happens to this process, `npm stop` knows what runs.
                await writeState(layout, processes);
            }
            await untilHealthy(layout, processes, "controllers", detail);
        } catch (error) {
            await end({ ...layout, processes });
            throw error;
        }
    });
}

/** Whether every process of the last start still runs and the API server answers. */
async function isUp(state: ClusterState | undefined, directory: string): Promise<boolean> {
    if (state?.processes.length !== COMPONENTS.length) {
        return false;
    }
    const running = await Promise.all(state.processes.map(isRunning));
    return running.every(Boolean) && isHealthy({ directory, run: state.run, port: state.port });
}

/**
 * Starts the cluster of a folder, or finds it running. What an earlier run left half dead is ended first; its data and address are kept.
 * @param programs folder with etcd and the Kubernetes programs
 * @throws Problem with the words of the component that didn't start
 */
export async function startCluster(directory: string, programs: string): Promise<Cluster> {
    return withLock(await ownFolder(directory), "the embedded cluster", async () => {
        const state = await readState(directory);
        if (await isUp(state, directory)) {
            return clusterAt(directory, false);
        }
        if (state !== undefined) {
            await end(state);
        }
        await makeIdentity(directory);
        const layout: Layout = { directory, run: await mkdtemp(path.join(tmpdir(), `wikifunctions-lab-${randomBytes(2).toString("hex")}`)), port: await freePort(state?.port) };
        await writeKubeconfig(directory, layout.port);
        await startComponents(layout, programs);
        return clusterAt(directory, true);
    });
}

/** Ends the cluster of a folder and removes all it kept there. @returns whether there was one. */
export async function removeCluster(directory: string): Promise<boolean> {
    return withLock(directory, "the embedded cluster", async () => {
        const state = await readState(directory);
        if (state !== undefined) {
            await end(state);
        }
        await rm(directory, { recursive: true, force: true });
        return state !== undefined;
    });
}
