import { readFile } from "node:fs/promises";
import { writeWhole } from "../files";
import { files, type Layout } from "./layout";
import type { ProcessRecord } from "./processes";

/** What is known about a cluster that was started: enough to find it again and to end it. */
export interface ClusterState {
    readonly run: string;
    readonly port: number;
    readonly node?: Layout["node"];
    readonly processes: readonly ProcessRecord[];
}

/** Undefined where no cluster was started, or where nothing can be made of what is written there. */
export async function readState(directory: string): Promise<ClusterState | undefined> {
    try {
        const state = JSON.parse(await readFile(files(directory).state, "utf8")) as Partial<ClusterState>;
        const { run, port, node, processes } = state;
        return run === undefined || port === undefined || !Array.isArray(processes) ? undefined : { run, port, processes, ...(node === undefined ? {} : { node }) };
    } catch {
        return undefined;
    }
}

export async function writeState({ directory, run, port, node }: Layout, processes: readonly ProcessRecord[]): Promise<void> {
    await writeWhole(files(directory).state, `${JSON.stringify({ run, port, node, processes } satisfies ClusterState, undefined, 2)}\n`);
}
