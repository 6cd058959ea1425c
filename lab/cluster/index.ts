import { existsSync } from "node:fs";
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

/** Ports to try before the fault is not the port's. */
const PORT_ATTEMPTS = 3;

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

/** The same for the user to see, where there is something to wait for. */
async function endVisibly(state: ClusterState): Promise<void> {
    const running = await Promise.all(state.processes.map(isRunning));
    await (running.some(Boolean) ? step("Stopping the control plane", () => end(state)) : end(state));
}

async function startAt(layout: Layout, programs: string, detail: (text: string) => void): Promise<void> {
    const processes: ProcessRecord[] = [];
    try {
        await writeState(layout, processes);
        await writeKubeconfig(layout.directory, layout.port);
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
}

/** Starts a cluster at a free port, and at another one where somebody took that in the meantime. */
async function startSomewhere(directory: string, programs: string, preferred: number | undefined, detail: (text: string) => void, attempts: number = PORT_ATTEMPTS): Promise<void> {
    const port = await freePort(preferred);
    const run = await mkdtemp(path.join(tmpdir(), "wikifunctions-lab-"));
    try {
        await startAt({ directory, run, port }, programs, detail);
    } catch (error) {
        if (attempts === 1 || await freePort(port) === port) {
            throw error;
        }
        await startSomewhere(directory, programs, undefined, detail, attempts - 1);
    }
}

/** Data of a start that never came to its end is worth nothing, and after a full disk it may be broken; the logs tell why. */
async function startNew(directory: string, programs: string, detail: (text: string) => void): Promise<void> {
    try {
        await startSomewhere(directory, programs, undefined, detail);
    } catch (error) {
        await Promise.all([files(directory).data, files(directory).state].map((entry) => rm(entry, { recursive: true, force: true })));
        throw error;
    }
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
            await endVisibly(state);
        }
        const isNew = !existsSync(files(directory).data);
        await makeIdentity(directory);
        await step("Starting the control plane", (detail) => isNew ? startNew(directory, programs, detail) : startSomewhere(directory, programs, state?.port, detail));
        return clusterAt(directory, true);
    });
}

/** Ends the cluster of a folder and keeps its data for the next start. */
export async function haltCluster(directory: string): Promise<void> {
    await withLock(directory, "the embedded cluster", async () => {
        const state = await readState(directory);
        if (state !== undefined) {
            await endVisibly(state);
        }
    });
}

/** Ends the cluster of a folder and removes all it kept there. @returns whether there was one. */
export async function removeCluster(directory: string): Promise<boolean> {
    return withLock(directory, "the embedded cluster", async () => {
        const state = await readState(directory);
        if (state !== undefined) {
            await endVisibly(state);
        }
        await rm(directory, { recursive: true, force: true });
        return state !== undefined;
    });
}
