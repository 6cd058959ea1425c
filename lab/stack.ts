import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { programOf } from "./cluster/processes";
import { folders, type LabEnvironment } from "./environment";
import { REPOSITORY } from "../cli/repository";
import { succeed } from "../cli/run";

/** The stack of the embedded cluster. */
export const STACK = "local";

/** Selects the stack, and makes it where the state has none yet. */
export async function selectStack(env: LabEnvironment): Promise<void> {
    await succeed("pulumi", ["stack", "select", "--create", STACK, "--non-interactive"], { cwd: REPOSITORY, env }, (said) => `pulumi could not select the stack ${STACK}:\n${said}`);
}

/** Whether a `pulumi` has that number now. */
async function isPulumi(pid: number): Promise<boolean> {
    return (await programOf(pid)).startsWith("pulumi");
}

/**
 * Removes the locks that a `pulumi` which was killed has left, because they would stop the next one. That of one which still runs stays.
 * @param backend folder of the file backend, where a lock is a JSON file with the `pid` of its owner
 */
export async function removeStaleLocks(backend: string = folders().backend): Promise<void> {
    const locks = path.join(backend, ".pulumi/locks");
    const entries = await readdir(locks, { recursive: true }).catch(() => []);
    for (const file of entries.filter((entry) => entry.endsWith(".json")).map((entry) => path.join(locks, entry))) {
        const pid = /"pid":\s*(\d+)/.exec(await readFile(file, "utf8"))?.[1];
        if (pid === undefined || !await isPulumi(Number(pid))) {
            await rm(file, { force: true });
        }
    }
}
