import path from "node:path";
import { Command } from "commander";
import { listenForInterrupt } from "../cli/interrupt";
import { start } from "../cli/start";
import { Unusable } from "../policy/model/unusable";
import { EXIT_CODES } from "./exit-codes";

interface Options {
    readonly embedded?: boolean;
    readonly artifacts?: string;
    readonly candidate?: string;
    readonly withPolicy?: boolean;
}

/** As the user means it, who may stand elsewhere than npm. */
const at = (folder: string): string => path.resolve(process.env["INIT_CWD"] ?? process.cwd(), folder);

void start(new Command("npm run preview --")
    .description("Previews a stack with the policy pack, as pulumi preview --policy-pack policy does, for a pipeline.")
    .argument("<stack>", "name of the stack")
    .option("--embedded", "against the embedded cluster of npm start, or for another stack than it has deployed an empty one, whatever cluster the stack's file names")
    .option("--artifacts <folder>", "write what the rules find as SARIF and JUnit there, and the difference from the posture as Markdown")
    .option("--candidate <folder>", "preview the change in that checkout: its infra/ and the stack's file, with all else from this one. What else it changes is listed for the reviewers, and leaves the exit code alone")
    .option("--with-policy", "with --candidate: judge by the change's own policy/")
    .addHelpText("after", `\n${EXIT_CODES}`)
    .action(async (stack: string, { embedded = false, artifacts, candidate, withPolicy = false }: Options, command: Command) => {
        listenForInterrupt();
        const folder = artifacts === undefined ? undefined : at(artifacts);
        if (candidate !== undefined) {
            const { previewCandidate } = await import("./preview/candidate.js");
            process.exitCode = await previewCandidate(stack, { candidate: at(candidate), withPolicy, embedded, artifacts: folder });
            return;
        }
        if (withPolicy) {
            command.error("error: --with-policy goes with --candidate <folder> only.");
        }
        // The rules come with the policy SDK, which takes a second: not before the question is clear.
        const { previewOwn } = await import("./preview/own.js");
        process.exitCode = await previewOwn(stack, embedded, folder);
    }), Unusable);
