import { Command, CommanderError } from "commander";
import { Problem } from "../policy/model/problem";
import type { Options } from "./write";

const EXIT = { clean: 0, violations: 1, wrong: 2 } as const;

async function main(args: readonly string[]): Promise<number> {
    let code: number = EXIT.clean;
    const program = new Command("npm run report --")
        .description("Previews a stack and writes what secures it as a page, STACK.html, and as Markdown, STACK.md.")
        .argument("<stack>", "name of the stack")
        .option("--output <folder>", "where to write the two files; made where it isn't there", "posture-report")
        .option("--preview <file>", "JSON of `pulumi preview --json --show-sames` instead of a new preview; - for the standard input")
        .addHelpText("after", `
The report has each measure with its state, where it is set, its policies, its in-cluster guard and its evidence; what may reach what;
how the stack differs from what is approved for it, policy/postures/STACK.json; its waivers; its workloads and their limits.
The page stands for itself: it loads nothing and runs no script.

Exit code: ${String(EXIT.clean)} clean, ${String(EXIT.violations)} violations or relaxations, which the report tells, ${String(EXIT.wrong)} a wrong option, or no preview.
`)
        .exitOverride()
        .showHelpAfterError()
        .action(async (stack: string, options: Options) => {
            // The rules come with the policy SDK, which takes a second: not before the question is clear.
            const { write } = await import("./write.js");
            code = write(stack, options) ? EXIT.clean : EXIT.violations;
        });
    try {
        await program.parseAsync(args, { from: "user" });
        return code;
    } catch (error) {
        if (error instanceof CommanderError) {
            return error.exitCode === 0 ? EXIT.clean : EXIT.wrong;
        }
        console.error(error instanceof Problem ? error.message : error);
        return EXIT.wrong;
    }
}

void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
});
