import { CommanderError, type Command } from "commander";
import { interrupted, listenForInterrupt } from "../cli/interrupt";
import { EXIT_INTERRUPTED, EXIT_USAGE, exitCodeOf, explain, Problem } from "../cli/problem";
import { say } from "../cli/progress";
import { Problem as PolicyProblem } from "../policy/model/problem";

/** What every command's help closes with. */
export const EXIT_CODES = "Exit code: 0 clean; 1 violations or drift; 2 a mistake in use or in the surroundings, such as a cluster that can't be reached.";

/** Runs a command whose action sets `process.exitCode`, and tells what goes wrong in words. Ctrl-C ends what it has started. */
export async function run(program: Command): Promise<void> {
    listenForInterrupt();
    program.exitOverride().showHelpAfterError("--help says what is allowed.").addHelpText("after", `\n${EXIT_CODES}`);
    try {
        await program.parseAsync();
    } catch (error) {
        if (error instanceof CommanderError) {
            process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
            return;
        }
        say(explain(error instanceof PolicyProblem ? new Problem(error.message) : error));
        process.exitCode = interrupted.aborted ? EXIT_INTERRUPTED : exitCodeOf(error);
    }
}
