import path from "node:path";
import { currentSample, documents, stale } from "../../docs/generate/documents";
import { blockedSample } from "../../docs/generate/sample";
import { labEnvironment } from "../environment";
import { writeWhole } from "../files";
import { listenForInterrupt } from "../../cli/interrupt";
import { REPOSITORY } from "../../cli/repository";
import { red, say, step } from "../../cli/progress";
import { hasCluster } from "./tools";

const PUBLIC_FILE = 0o644;

/** The blocked preview of README.md: made anew where there is a cluster to make it on, else the one that stands there. */
async function sample(): Promise<string> {
    if (!hasCluster()) {
        say("README.md keeps the blocked preview that it has: a new one takes the embedded cluster, which npm start makes.");
        return currentSample();
    }
    return step("A preview that the policy pack blocks, for README.md", async () => blockedSample(await labEnvironment()));
}

/** Writes what is generated in README.md and docs/; with `check` it only compares. @returns 1 where something is stale, else 0 */
export async function docs({ check }: { readonly check: boolean }): Promise<number> {
    if (check) {
        const files = stale(documents());
        say(files.length === 0 ? "The generated documents are up to date." : red(`Stale: ${files.join(", ")}; npm run docs writes them anew.`));
        return files.length === 0 ? 0 : 1;
    }
    listenForInterrupt();
    const wanted = documents(await sample());
    const files = stale(wanted);
    for (const { file, text } of wanted.filter((document) => files.includes(document.file))) {
        await writeWhole(path.join(REPOSITORY, file), text, PUBLIC_FILE);
    }
    say(files.length === 0 ? "All were up to date." : `Written: ${files.join(", ")}.`);
    return 0;
}
