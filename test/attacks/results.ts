import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ATTACKS } from "./attack";
import type { Outcome } from "./outcome";

const NOT_RUN = "not run";

/** How one attack ended, where. */
export interface Result {
    readonly measure: string;
    readonly id: string;
    readonly language: string;
    readonly tries: string;
    /** In the sandboxed pod, in the words of the kernel, or the limit that ended it. */
    readonly stopped: string;
    /** Measures each of which stopped it alone, seen in a pod that had no other. */
    readonly alone: readonly string[];
    /** In the unconfined pod. */
    readonly control: Outcome["end"] | typeof NOT_RUN;
}

export const readResults = (file: string): Result[] => existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) as Result[] : [];

/** Puts results into a file, in the order of the data, in place of earlier ones of the same attacks: a run may be about some of them only. */
export function writeResults(file: string, results: readonly Result[]): void {
    const all = new Map([...readResults(file), ...results].map((result) => [result.id, result]));
    const ordered = [...ATTACKS].flatMap(([measure, attacks]) => attacks.map(({ id, language, tries }): Result => ({ stopped: "", alone: [], control: NOT_RUN, ...all.get(id), measure, id, language, tries })));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `[\n${ordered.map((result) => `    ${JSON.stringify(result)}`).join(",\n")}\n]\n`);
}
