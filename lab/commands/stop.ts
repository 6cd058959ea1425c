import { rm } from "node:fs/promises";
import path from "node:path";
import { removeCluster } from "../cluster";
import { folders } from "../environment";
import { cacheDirectory, labDirectory } from "../paths";
import { say } from "../progress";

/** Ends the embedded cluster and removes its data together with the stack's state, which would be worth nothing without it. */
export async function stop({ cache = false }: { readonly cache?: boolean }): Promise<void> {
    const found = await removeCluster(folders().cluster);
    await rm(path.join(labDirectory(), "pulumi"), { recursive: true, force: true });
    await rm(folders().bin, { recursive: true, force: true });
    if (cache) {
        await rm(cacheDirectory(), { recursive: true, force: true });
    }
    say(`${found ? "The embedded cluster is stopped; its data and the state of its stack are removed." : "No embedded cluster is running."} ${cache ? "The built tools are removed too." : `The built tools stay in ${path.relative(process.cwd(), cacheDirectory())}.`}`);
}
