import { readFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { REPOSITORY } from "../lab/paths";
import { EXIT_FOUND } from "../lab/problem";
import { step } from "../lab/progress";
import { makePreview } from "../policy/commands/preview";
import { resourcesIn } from "../policy/model/preview";
import { run } from "./cli";
import { onEmbeddedCluster } from "./preview/embedded";
import { writeArtifacts } from "./preview/artifacts";
import { preview } from "./pulumi";

interface Options {
    readonly embedded?: boolean;
    readonly artifacts?: string;
}

const version = (): string => (JSON.parse(readFileSync(path.join(REPOSITORY, "policy/package.json"), "utf8")) as { version: string }).version;

/** The preview with the pack decides. What is written beside it comes from the same rules, over the JSON of a preview without the pack, which shows more. */
async function previewed(stack: string, artifacts: string | undefined, args: readonly string[]): Promise<number> {
    const { violations } = await preview({ stack, args, watch: (text) => { process.stdout.write(text); } });
    let isApproved = true;
    if (artifacts !== undefined) {
        const folder = path.resolve(process.env["INIT_CWD"] ?? process.cwd(), artifacts);
        isApproved = await step(`Writing results.sarif, junit.xml and posture.md to ${artifacts}`, async () => writeArtifacts(folder, stack, resourcesIn(makePreview(stack, args)), version()));
    }
    return violations.length === 0 && isApproved ? 0 : EXIT_FOUND;
}

void run(new Command("npm run preview --")
    .description("Previews a stack with the policy pack, as pulumi preview --policy-pack policy does, for a pipeline.")
    .argument("<stack>", "name of the stack")
    .option("--embedded", "against the embedded cluster of npm start, whatever cluster the stack's file names")
    .option("--artifacts <folder>", "write what the rules find as SARIF and JUnit there, and the difference from the posture as Markdown")
    .action(async (stack: string, { embedded = false, artifacts }: Options) => {
        const use = (args: readonly string[]): Promise<number> => previewed(stack, artifacts, args);
        process.exitCode = embedded ? await onEmbeddedCluster(stack, use) : await use([]);
    }));
