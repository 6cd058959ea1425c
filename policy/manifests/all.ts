import type { Readable } from "node:stream";
import { Budget } from "./budget";
import { bytesOf, type Input } from "./files";
import { LIMITS } from "./limits";
import { read } from "./read";
import { manifestsIn, type Manifest } from "./to-resource";
import { Unreadable } from "./unreadable";

/** How often a line says that reading goes on. Milliseconds. */
const QUIET_INTERVAL = 5000;

/**
 * All objects of the inputs, in their order.
 * @param say tells how far it is
 * @param isLive whether they were read from a cluster, so that what it has assigned to them is nobody's order
 * @throws AggregateError of Unreadable, with everything that couldn't be read
 */
export async function manifestsOf(inputs: readonly Input[], stdin: Readable, say: (words: string) => void, isLive = false): Promise<Manifest[]> {
    const manifests: Manifest[] = [];
    const problems: Unreadable[] = [];
    const budget = new Budget();
    let told = Date.now();
    for (const input of inputs) {
        try {
            for (const content of read(input.file, await bytesOf(input, stdin, budget), budget)) {
                const found = [...manifestsIn(content, isLive)];
                budget.takeObjects(found.length, content.placeOf(""));
                found.forEach((manifest) => { manifests.push(manifest); });
                if (Date.now() - told > QUIET_INTERVAL) {
                    told = Date.now();
                    say(`… ${manifests.length.toLocaleString("en")} objects read, now ${input.file}`);
                }
            }
        } catch (error) {
            problems.push(asUnreadable(error));
            if (problems.length >= LIMITS.problems || budget.isSpent) {
                break;
            }
        }
    }
    if (problems.length === 0 && manifests.length === 0) {
        problems.push(new Unreadable({ file: inputs.map(({ file }) => file).join(", ") }, "there is no Kubernetes object in it, so nothing was judged"));
    }
    if (problems.length > 0) {
        throw new AggregateError(problems);
    }
    return manifests;
}

function asUnreadable(error: unknown): Unreadable {
    if (error instanceof Unreadable) {
        return error;
    }
    throw error;
}
