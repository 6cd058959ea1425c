import { CommanderError, type Command } from "commander";
import { interrupted } from "./interrupt";
import { EXIT_INTERRUPTED, EXIT_USAGE, exitCodeOf, explain, Problem } from "./problem";
import { say } from "./progress";

/** A class of errors that say in their own words what the user can mend. */
type Told = abstract new (...args: never[]) => Error;

/** What may be said instead of what was wrong. */
function allowed({ commands, registeredArguments, options }: Command): string {
    const names = [...commands.map((other) => other.name()), ...registeredArguments.map((argument) => `[${argument.name()}]`), ...options.map(({ flags }) => flags)];
    return `Allowed: ${[...names, "--help"].join(", ")}.`;
}

/** Tells what went wrong. @returns the exit code for it */
function fail(error: unknown, told: readonly Told[]): number {
    // Commander has said what it has against the options, or has printed the help that was asked for.
    if (error instanceof CommanderError) {
        return error.exitCode === 0 ? 0 : EXIT_USAGE;
    }
    const known = told.some((kind) => error instanceof kind) ? new Problem((error as Error).message) : error;
    say(explain(known));
    return interrupted.aborted ? EXIT_INTERRUPTED : exitCodeOf(known);
}

/**
 * Starts a command, whose action sets `process.exitCode` where it finds something, and throws where it can't go on.
 * @param told errors beside Problem that are told without a stack trace
 */
export async function start(program: Command, ...told: readonly Told[]): Promise<void> {
    [program, ...program.commands].forEach((command) => command.exitOverride().showHelpAfterError(allowed(command)));
    try {
        await program.parseAsync();
    } catch (error) {
        process.exitCode = fail(error, told);
    }
}
