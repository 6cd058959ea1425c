import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Mutant } from "./mutants";

/** Mutants of one line that survive with good reason. */
export interface Explanation {
    /** Path in the repository. */
    readonly file: string;
    /** The source line, without its indentation. */
    readonly line: string;
    /** As a report of the mutation run words them. */
    readonly changes: readonly string[];
    /** Why nothing is relaxed by them. */
    readonly why: string;
}

export const EXPLAINED = "test/mutation/explained.yaml";

export function explanations(): Explanation[] {
    const files = parse(readFileSync(path.resolve(__dirname, "explained.yaml"), "utf8")) as Readonly<Record<string, readonly Omit<Explanation, "file">[]>>;
    return Object.entries(files).flatMap(([file, all]) => all.map((explanation) => ({ file, ...explanation })));
}

const keyOf = (file: string, line: string, change: string): string => JSON.stringify([file, line, change]);

/** Survivors that nothing explains. */
export function unexplained(survivors: readonly Mutant[], explained: readonly Explanation[]): Mutant[] {
    const known = new Set(explained.flatMap(({ file, line, changes }) => changes.map((change) => keyOf(file, line, change))));
    return survivors.filter(({ file, line, change }) => !known.has(keyOf(file, line, change)));
}

/** Explanations, as `file: line: change`, of what no longer survives or no longer is there. @param files those whose mutants were tried */
export function stale(survivors: readonly Mutant[], explained: readonly Explanation[], files: readonly string[]): string[] {
    const alive = new Set(survivors.map(({ file, line, change }) => keyOf(file, line, change)));
    return explained.filter(({ file }) => files.includes(file)).flatMap(({ file, line, changes }) => changes.filter((change) => !alive.has(keyOf(file, line, change))).map((change) => `${file}: ${line}: ${change}`));
}
