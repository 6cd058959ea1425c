import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { removeCluster } from "../cluster";
import { folders } from "../environment";
import { withLock } from "../lock";
import { cacheDirectory, LAB_MARK } from "../paths";
import { say } from "../../cli/progress";

/** Ends the embedded cluster and removes its data together with the stack's state, which would be worth nothing without it. */
export async function stop({ cache = false }: { readonly cache?: boolean }): Promise<void> {
    const { bin, cluster, stack } = folders();
    const found = await withLock(stack, "the stack of the embedded cluster", async () => {
        const was = await removeCluster(cluster);
        // A folder `bin` without the mark is somebody else's: WIKIFUNCTIONS_LAB_DIR may name anything.
        const ours = existsSync(path.join(bin, LAB_MARK)) ? [stack, bin] : [stack];
        await Promise.all(ours.map((directory) => rm(directory, { recursive: true, force: true })));
        return was;
    });
    if (cache) {
        await withLock(cacheDirectory(), "the built tools", () => rm(cacheDirectory(), { recursive: true, force: true }));
    }
    const ended = found ? "The embedded cluster is stopped; its data and the state of its stack are removed." : "No embedded cluster is running.";
    say(`${ended} ${cache ? "The built tools are removed too." : `The built tools stay in ${path.relative(process.cwd(), cacheDirectory())}.`}`);
}
