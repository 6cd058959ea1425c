import { readFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../../cli/repository";
import { writeLines, type Result } from "./results";

const FILE = path.join(REPOSITORY, "evidence/attacks.json");

/** A result without what differs from run to run or stands in the data. */
export type Seen = Pick<Result, "id" | "measure" | "alone" | "control" | "gvisor"> & {
    /** The kernel's error or the name of the limit. */
    readonly stopped: string;
};

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

/** What the documents say. */
export const attacksNow = (): Seen[] => JSON.parse(readFileSync(FILE, "utf8")) as Seen[];

/** Has the documents say what was seen. */
export const writeAttacks = (seen: readonly Seen[]): void => { writeLines(FILE, seen); };
