import { Command } from "commander";
import { EXIT_FOUND, EXIT_USAGE } from "../cli/problem";
import { start } from "../cli/start";
import { Unusable } from "../policy/model/unusable";
import type { Options } from "./write";

void start(new Command("npm run report --")
    .description("Previews a stack and writes what secures it as a page, STACK.html, and as Markdown, STACK.md.")
    .argument("<stack>", "name of the stack")
    .option("--output <folder>", "where to write the two files; made where it isn't there", "posture-report")
    .option("--preview <file>", "JSON of `pulumi preview --json --show-sames` instead of a new preview; - for the standard input")
    .addHelpText("after", `
The report has each measure with its state, where it is set, its policies, its in-cluster guard and its evidence; what may reach what;
how the stack differs from what is approved for it, policy/postures/STACK.json; its waivers; its workloads and their limits.
The page stands for itself: it loads nothing and runs no script.

Exit code: 0 clean, ${String(EXIT_FOUND)} violations or relaxations, which the report tells, ${String(EXIT_USAGE)} a wrong option, or no preview.
`)
    .action(async (stack: string, options: Options) => {
        // The rules come with the policy SDK, which takes a second: not before the question is clear.
        const { write } = await import("./write.js");
        process.exitCode = write(stack, options) ? 0 : EXIT_FOUND;
    }), Unusable);
