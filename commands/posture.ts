import { Command, CommanderError } from "commander";
import { Problem } from "../policy/model/problem";
import type { Options } from "./posture/review";

/** Exit code for a mistake in use or in the surroundings; 1 is left to what is found. */
const WRONG = 2;

async function main(args: readonly string[]): Promise<number> {
    let code = 0;
    const program = new Command("npm run posture --")
        .description("Holds the previewed stack against what is approved for it, policy/approved/STACK.yaml and policy/postures/STACK.json.")
        .exitOverride()
        .showHelpAfterError();
    const subcommand = (name: "diff" | "approve", description: string): void => {
        program.command(name)
            .description(description)
            .argument("<stack>", "name of the stack")
            .option("--preview <file>", "JSON of `pulumi preview --json --show-sames` instead of a new preview; - for the standard input")
            .action(async (stack: string, options: Options) => {
                // The rules come with the policy SDK, which takes a second: not before the question is clear.
                const commands = await import("./posture/review.js");
                code = commands[name](stack, options);
            });
    };
    subcommand("diff", "print relaxations and tightenings; exit code 1 where something is looser than approved");
    subcommand("approve", "write the files that approve the stack as it is, for review; exit code 1 where the floor forbids it");
    try {
        await program.parseAsync(args, { from: "user" });
        return code;
    } catch (error) {
        if (error instanceof CommanderError) {
            return error.exitCode === 0 ? 0 : WRONG;
        }
        console.error(error instanceof Problem ? error.message : error);
        return WRONG;
    }
}

void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
});
