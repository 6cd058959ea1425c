import { readFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { REPOSITORY } from "../lab/paths";
import { EXIT_FOUND } from "../lab/problem";
import { step } from "../lab/progress";
import { makePreview } from "../policy/commands/preview";
import { objection } from "../policy/model/message";
import { findingsOf } from "../policy/reports/words";
import { run } from "./cli";
import { onEmbeddedCluster } from "./preview/embedded";
import { hold, isApproved, writeArtifacts } from "./preview/artifacts";
import { preview } from "./pulumi";

interface Options {
    readonly embedded?: boolean;
    readonly artifacts?: string;
}

const version = (): string => (JSON.parse(readFileSync(path.join(REPOSITORY, "policy/package.json"), "utf8")) as { version: string }).version;

/** Of what the second preview shows, that which the first one can't: options that Pulumi hides from policies. */
const HIDDEN = "pulumi-options";

/** The preview with the pack decides, and then one without it, whose JSON shows more: both have to be as approved. */
async function previewed(stack: string, artifacts: string | undefined, args: readonly string[]): Promise<number> {
    const { violations } = await preview({ stack, args, watch: (text) => { process.stdout.write(text); } });
    const held = await step("Looking at the options that Pulumi hides from policies", async () => hold(stack, makePreview(stack, args)));
    for (const { rule, violation, manifest } of findingsOf(held.judged)) {
        if (rule.name === HIDDEN) {
            console.log(`${rule.name}: ${objection(violation, manifest?.resource)}. ${rule.remediation}`);
        }
    }
    if (violations.length === 0) {
        // What would have to be approved first, for instance: the pack judges by what is approved now.
        held.review.forbidden.filter((words) => !words.startsWith(`${HIDDEN}: `)).forEach((words) => { console.log(`Forbidden by the floor: ${words}.`); });
    }
    if (artifacts !== undefined) {
        const folder = path.resolve(process.env["INIT_CWD"] ?? process.cwd(), artifacts);
        await step(`Writing results.sarif, junit.xml and posture.md to ${artifacts}`, async () => writeArtifacts(folder, stack, held, version()));
    }
    return violations.length === 0 && isApproved(held) ? 0 : EXIT_FOUND;
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
