/** Why a text, or a part of it, is none that this project's profiles may have: "has the flag complain" in line 2. */
export interface Problem {
    readonly is: string;
    /** From 1; undefined where it is about the whole. */
    readonly line: number | undefined;
}

/** Characters of a line that a message repeats. */
const MOST_SHOWN = 80;

/** A line as a message may repeat it: without quotes and escapes, as a message has its own, and all of it visible. */
export function shown(line: string): string {
    return line.slice(0, MOST_SHOWN).replaceAll(/["\\]/g, "'").replaceAll(/[^\x20-\x7e]/g, "?");
}
