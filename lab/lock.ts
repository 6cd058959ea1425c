import lockfile from "proper-lockfile";
import { ownFolder } from "./files";
import { Problem } from "./problem";

/** A lock whose owner hasn't touched it for so long is a dead process's, and is taken over. Milliseconds. */
const STALE = 10_000;
/** Looks, one a second, before giving up on somebody else's lock: longer than a stale one needs to show itself. */
const RETRIES = { retries: 15, factor: 1, minTimeout: 1000 };

/** Does `work` while no other process does any under the same folder's lock. */
export async function withLock<Result>(directory: string, what: string, work: () => Promise<Result>): Promise<Result> {
    await ownFolder(directory);
    let lost: Error | undefined;
    const release = await lockfile.lock(directory, { stale: STALE, retries: RETRIES, onCompromised: (error) => { lost = error; } }).catch((error: unknown) => {
        if ((error as { code?: string }).code === "ELOCKED") {
            throw new Problem(`Another process is using ${what} in ${directory}; wait until it has ended.`);
        }
        throw error;
    });
    try {
        return await work();
    } finally {
        if (lost === undefined) {
            await release();
        }
    }
}
