import { red } from "./progress";

/** Something that the user can mend: told in one line, without a stack trace. */
export class Problem extends Error {
    override readonly name = "Problem";
}

/** Exit code for a mistake in use or in the surroundings; 1 is left to what the tools themselves find. */
export const EXIT_USAGE = 2;

const NO_SPACE = "ENOSPC";

/** The line that tells a user what went wrong. Only what nobody foresaw keeps its stack. */
export function explain(error: unknown): string {
    if (error instanceof Problem) {
        return red(error.message);
    }
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === NO_SPACE) {
        return red(`No space is left on the disk${path === undefined ? "" : ` for ${path}`}; free some and run the command again.`);
    }
    return red(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
