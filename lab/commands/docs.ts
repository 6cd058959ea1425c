import path from "node:path";
import { documents, stale } from "../../docs/generate/documents";
import { blockedSample } from "../../docs/generate/sample";
import { labEnvironment } from "../environment";
import { writeWhole } from "../files";
import { listenForInterrupt } from "../../cli/interrupt";
import { REPOSITORY } from "../../cli/repository";
import { red, say, step } from "../../cli/progress";
import { demandCluster } from "./tools";

const PUBLIC_FILE = 0o644;

/**
 * Writes what is generated in README.md and docs/, with a preview on the embedded cluster that is really blocked.
 * With `check` it only compares, without a cluster and without the preview. @returns 1 where something is stale, else 0
 */
export async function docs({ check }: { readonly check: boolean }): Promise<number> {
    if (check) {
        const files = stale(documents());
        say(files.length === 0 ? "The generated documents are up to date." : red(`Stale: ${files.join(", ")}; npm run docs writes them anew.`));
        return files.length === 0 ? 0 : 1;
    }
    demandCluster();
    listenForInterrupt();
    const wanted = documents(await step("A preview that the policy pack blocks, for README.md", async () => blockedSample(await labEnvironment())));
    const files = stale(wanted);
    for (const { file, text } of wanted.filter((document) => files.includes(document.file))) {
        await writeWhole(path.join(REPOSITORY, file), text, PUBLIC_FILE);
    }
    say(files.length === 0 ? "All were up to date." : `Written: ${files.join(", ")}.`);
    return 0;
}
