import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../../cli/repository";
import { ATTACKS } from "./attack";
import type { Outcome } from "./outcome";

export const NOT_RUN = "not run";
const NOTHING = { stopped: "", alone: [], control: NOT_RUN, gvisor: NOT_RUN } as const;

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
    /** In the sandboxed pod on gVisor. */
    readonly gvisor: Outcome["end"] | typeof NOT_RUN;
}

/** What all runs have found so far, each attack as it was seen last. */
const FILE = path.join(REPOSITORY, ".lab/attacks.json");

export const readResults = (): Result[] => existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) as Result[] : [];

/** A JSON array with a line for each attack, so that a difference is one of lines. */
export function writeLines(file: string, lines: readonly object[]): void {
    writeFileSync(file, `[\n${lines.map((line) => `    ${JSON.stringify(line)}`).join(",\n")}\n]\n`);
}

/** Puts results into the file, in the order of the data, in place of earlier ones of the same attacks: a run may be about some of them only. */
export function writeResults(results: readonly (Partial<Result> & { readonly id: string })[]): void {
    const found = (from: readonly { readonly id: string }[], id: string): object => from.find((result) => result.id === id) ?? {};
    const before = readResults();
    const ordered = [...ATTACKS].flatMap(([measure, attacks]) => attacks.map(({ id, language, tries }): Result => (
        { ...NOTHING, ...found(before, id), ...found(results, id), measure, id, language, tries })));
    mkdirSync(path.dirname(FILE), { recursive: true });
    writeLines(FILE, ordered);
}
