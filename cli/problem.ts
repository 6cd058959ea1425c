import { red } from "./progress";

/** Exit code for what the tools themselves find: a blocked preview, a type error. */
export const EXIT_FOUND = 1;

/** Exit code for a mistake in use or in the surroundings. */
export const EXIT_USAGE = 2;

/** Something that the user can mend: told in one line, without a stack trace. */
export class Problem extends Error {
    override readonly name = "Problem";

    constructor(message: string, readonly exitCode: number = EXIT_USAGE) {
        super(message);
    }
}

/** Exit code after a Ctrl-C, as shells have it. */
export const EXIT_INTERRUPTED = 130;

const NO_SPACE = "ENOSPC";

/** @param where what could not be written, where that is known */
export function noSpace(where?: string): Problem {
    return new Problem(`No space is left on the disk${where === undefined ? "" : ` for ${where}`}; free some and run the command again.`);
}

/** The exit code of a command that ended with this error. */
export function exitCodeOf(error: unknown): number {
    return error instanceof Problem ? error.exitCode : EXIT_USAGE;
}

/** The line that tells a user what went wrong. Only what nobody foresaw keeps its stack. */
export function explain(error: unknown): string {
    if (error instanceof Problem) {
        return red(error.message);
    }
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === NO_SPACE) {
        return red(noSpace(path).message);
    }
    return red(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
