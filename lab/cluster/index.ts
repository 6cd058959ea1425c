import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ownFolder } from "../files";
import { withLock } from "../lock";
import type { NodeImage } from "../node";
import { step } from "../../cli/progress";
import { componentsOf } from "./components";
import { files, type Layout } from "./layout";
import { isHealthy, untilHealthy } from "./health";
import { CONTEXT, makeIdentity, writeKubeconfigs } from "./identity";
import { freePort } from "./ports";
import { endProcess, isRunning, startProcess, type ProcessRecord } from "./processes";
import { readState, writeState, type ClusterState } from "./state";

/** Ports to try before the fault is not the port's. */
const PORT_ATTEMPTS = 3;

/** A control plane that runs: etcd, API server, controller manager, scheduler; and a node where it was started with one. */
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
async function end({ processes, run, node }: ClusterState): Promise<void> {
    for (const record of [...processes].reverse()) {
        await endProcess(record, componentsOf({ node }).find(({ name }) => name === record.name)?.patience ?? 0);
    }
    await rm(run, { recursive: true, force: true });
}

/** The same for the user to see, where there is something to wait for. */
async function endVisibly(state: ClusterState): Promise<void> {
    const running = await Promise.all(state.processes.map(isRunning));
    await (running.some(Boolean) ? step("Stopping the cluster", () => end(state)) : end(state));
}

async function startAt(layout: Layout, programs: string, detail: (text: string) => void): Promise<void> {
    const processes: ProcessRecord[] = [];
    try {
        await writeState(layout, processes);
        await writeKubeconfigs(layout.directory, layout.port);
        for (const { name, program, args, env, after, prepare } of componentsOf(layout)) {
            await untilHealthy(layout, processes, after, detail);
            await prepare?.(layout, programs);
            processes.push(await startProcess(name, program?.(layout) ?? path.join(programs, name), args(layout), {
                directory: layout.run,
                log: files(layout.directory).log(name),
                env: env?.(layout) ?? {},
            }));
            // After each of them: whatever happens to this process, `npm stop` knows what runs.
            await writeState(layout, processes);
        }
        await untilHealthy(layout, processes, layout.node === undefined ? "controllers" : "node", detail);
    } catch (error) {
        await end({ ...layout, processes });
        throw error;
    }
}

interface Wanted {
    readonly directory: string;
    /** Folder with etcd and the Kubernetes programs. */
    readonly programs: string;
    /** Folder that a node boots from; undefined for a control plane alone. */
    readonly node: string | undefined;
}

/** Starts a cluster at a free port, and at another one where somebody took that in the meantime. */
async function startSomewhere({ directory, programs, node: image }: Wanted, preferred: number | undefined, detail: (text: string) => void, attempts: number = PORT_ATTEMPTS): Promise<void> {
    const port = await freePort(preferred);
    const node = image === undefined ? {} : { node: { image, kubelet: await freePort() } };
    const run = await mkdtemp(path.join(tmpdir(), "wikifunctions-lab-"));
    try {
        await startAt({ directory, run, port, ...node }, programs, detail);
    } catch (error) {
        if (attempts === 1 || await freePort(port) === port) {
            throw error;
        }
        await startSomewhere({ directory, programs, node: image }, undefined, detail, attempts - 1);
    }
}

/** Data of a start that never came to its end is worth nothing, and after a full disk it may be broken; the logs tell why. */
async function startNew(wanted: Wanted, detail: (text: string) => void): Promise<void> {
    const { directory } = wanted;
    try {
        await startSomewhere(wanted, undefined, detail);
    } catch (error) {
        await Promise.all([files(directory).data, files(directory).state].map((entry) => rm(entry, { recursive: true, force: true })));
        throw error;
    }
}

/** Whether every process of the last start still runs and the API server answers. */
async function isUp(state: ClusterState | undefined, { directory, node }: Wanted): Promise<boolean> {
    if (state === undefined || state.processes.length !== componentsOf(state).length || state.node?.image !== node) {
        return false;
    }
    const running = await Promise.all(state.processes.map(isRunning));
    return running.every(Boolean) && isHealthy({ directory, ...state });
}

/**
 * Starts the cluster of a folder, or finds it running. What an earlier run left half dead is ended first; its data and address are kept.
 * @param programs folder with etcd and the Kubernetes programs
 * @param node what its node boots from; without it the control plane stands alone
 * @throws Problem with the words of the component that didn't start
 */
export async function startCluster(directory: string, programs: string, node?: NodeImage): Promise<Cluster> {
    const wanted = { directory, programs, node: node?.directory };
    return withLock(await ownFolder(directory), "the embedded cluster", async () => {
        const state = await readState(directory);
        if (await isUp(state, wanted)) {
            return clusterAt(directory, false);
        }
        if (state !== undefined) {
            await endVisibly(state);
        }
        const isNew = !existsSync(files(directory).data);
        await makeIdentity(directory, node !== undefined);
        await step(node === undefined ? "Starting the control plane" : "Starting the control plane and a node", (detail) => isNew ? startNew(wanted, detail) : startSomewhere(wanted, state?.port, detail));
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
