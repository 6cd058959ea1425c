import { SEEN, type Seen } from "../../evidence/attacks";
import { writeLines, type Result } from "./results";

/** The kernel's errors and the names of limits, by the words of those who don't give them: Lua, and Python for a few. */
const WORDS: readonly (readonly [RegExp, string])[] = [
    [/permission denied$/i, "EACCES"],
    [/read-only file system$/i, "EROFS"],
    [/^(TimeoutError|timeout)$/, "ETIMEDOUT"],
    // All that Python says where a thread can't be started.
    [/^RuntimeError$/, "EAGAIN"],
    [/ CPUs$/, "throttled"],
];

const kind = (stopped: string): string => WORDS.find(([words]) => words.test(stopped))?.[1] ?? stopped;

export function seenIn(results: readonly Result[]): Seen[] {
    return results.map(({ id, measure, stopped, alone, control, gvisor }) => ({ id, measure, stopped: kind(stopped), alone, control, gvisor }));
}

/** Has evidence/, and so the documents, say what was seen. */
export const writeAttacks = (seen: readonly Seen[]): void => { writeLines(SEEN, seen); };
