import { red } from "./progress";

/** Something that the user can mend: told in one line, without a stack trace. */
export class Problem extends Error {
    override readonly name = "Problem";
}

/** Exit code for a mistake in use or in the surroundings; 1 is left to what the tools themselves find. */
export const EXIT_USAGE = 2;

/** Exit code after a Ctrl-C, as shells have it. */
export const EXIT_INTERRUPTED = 130;

const NO_SPACE = "ENOSPC";

/** @param where what could not be written, where that is known */
export function noSpace(where?: string): Problem {
    return new Problem(`No space is left on the disk${where === undefined ? "" : ` for ${where}`}; free some and run the command again.`);
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
