import { setTimeout as delay } from "node:timers/promises";
import lockfile from "proper-lockfile";
import { ownFolder } from "./files";
import { throwIfInterrupted } from "../cli/interrupt";
import { Problem } from "../cli/problem";
import { step } from "../cli/progress";

/** A lock whose owner hasn't touched it for so long is a dead process's, and is taken over. Milliseconds. */
const STALE = 10_000;
const POLL = 500;
/** Before giving up on somebody else's lock: longer than a stale one needs to show itself. Milliseconds. */
const PATIENCE = 15_000;

type Release = () => Promise<void>;

/** Undefined where somebody else has it. */
async function tryLock(directory: string, onCompromised: () => void): Promise<Release | undefined> {
    return lockfile.lock(directory, { stale: STALE, onCompromised }).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === "ELOCKED") {
            return undefined;
        }
        throw error;
    });
}

async function waitForLock(directory: string, what: string, patience: number, onCompromised: () => void): Promise<Release> {
    for (const end = Date.now() + patience; Date.now() < end; await delay(POLL)) {
        throwIfInterrupted();
        const release = await tryLock(directory, onCompromised);
        if (release !== undefined) {
            return release;
        }
    }
    throw new Problem(`Another process is using ${what} in ${directory}; wait until it has ended.`);
}

/**
 * Does `work` while no other process does any under the same folder's lock.
 * @param what is locked, in words for the user
 * @param patience milliseconds to wait for somebody else
 * @throws Problem when somebody else keeps it for longer
 */
export async function withLock<Result>(directory: string, what: string, work: () => Promise<Result>, patience: number = PATIENCE): Promise<Result> {
    await ownFolder(directory);
    let lost = false;
    const onCompromised = (): void => { lost = true; };
    const release = await tryLock(directory, onCompromised)
        ?? await step(`Waiting for another process that uses ${what}`, () => waitForLock(directory, what, patience, onCompromised));
    try {
        return await work();
    } finally {
        if (!lost) {
            await release();
        }
    }
}
