import { Command } from "commander";
import { start } from "../cli/start";
import { Unusable } from "../policy/model/unusable";
import type { Options } from "./preview-json";

const program = new Command("npm run posture --")
    .description("Holds the previewed stack against what is approved for it, policy/approved/STACK.yaml and policy/postures/STACK.json.");

function subcommand(name: "diff" | "approve", description: string): void {
    program.command(name)
        .description(description)
        .argument("<stack>", "name of the stack")
        .option("--preview <file>", "JSON of `pulumi preview --json --show-sames` instead of a new preview; - for the standard input")
        .action(async (stack: string, options: Options) => {
            // The rules come with the policy SDK, which takes a second: not before the question is clear.
            const commands = await import("./posture/review.js");
            process.exitCode = commands[name](stack, options);
        });
}

subcommand("diff", "print relaxations and tightenings; exit code 1 where something is looser than approved");
subcommand("approve", "write the files that approve the stack as it is, for review; exit code 1 where the floor forbids it");

void start(program, Unusable);
