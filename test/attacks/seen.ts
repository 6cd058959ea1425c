import { readFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../../lab/paths";
import { writeLines, type Result } from "./results";

const FILE = path.join(REPOSITORY, "docs/generate/attacks.json");

/** A result without what differs from run to run or stands in the data. */
export type Seen = Pick<Result, "id" | "measure" | "alone" | "control" | "gvisor"> & {
    /** The kernel's error or the name of the limit. */
    readonly stopped: string;
};

/** The errors of the kernel and the names of limits, without figures and paths. */
function kind(stopped: string): string {
    return /^[A-Z][A-Za-z]+$/.exec(stopped)?.[0] ?? (/CPUs$/.test(stopped) ? "throttled" : /Permission denied|permission denied/.test(stopped) ? "EACCES" : stopped.replace(/:.*/, ""));
}

export function seenIn(results: readonly Result[]): Seen[] {
    return results.map(({ id, measure, stopped, alone, control, gvisor }) => ({ id, measure, stopped: kind(stopped), alone, control, gvisor }));
}

/** What the documents say. */
export const attacksNow = (): Seen[] => JSON.parse(readFileSync(FILE, "utf8")) as Seen[];

/** Has the documents say what was seen. */
export const writeAttacks = (seen: readonly Seen[]): void => { writeLines(FILE, seen); };
