import { lstat, rm } from "node:fs/promises";
import path from "node:path";
import { EXIT_FOUND, Problem } from "../../cli/problem";
import { isInside } from "./environment";

/** Files for whoever reads a merge request. */
export const ARTIFACTS = { sarif: "results.sarif", junit: "junit.xml", comment: "posture.md" } as const;

/** Each folder on the way from one down to another, which is the last. */
function between(outer: string, inner: string): string[] {
    const names = path.relative(outer, inner).split(path.sep);
    return names.map((_, index) => path.join(outer, ...names.slice(0, index + 1)));
}

/**
 * Removes what passes for artifacts before there are any: a change may hold the folder that they are written to, and have forged ones in
 * it, or links that would have others overwritten.
 * @param folder absolute
 * @param candidates names of the folder with the change, absolute
 * @throws Problem where something in the change leads elsewhere, with the exit code of a finding
 */
export async function emptyDestination(folder: string, candidates: readonly string[]): Promise<void> {
    for (const each of candidates.filter((candidate) => isInside(candidate, folder)).flatMap((candidate) => between(candidate, folder))) {
        const found = await lstat(each).catch(() => undefined);
        if (found?.isDirectory() === false) {
            throw new Problem(`--artifacts ${folder}: the change has something there that is no folder, ${each}; remove it from the change, or write the artifacts elsewhere.`, EXIT_FOUND);
        }
    }
    await Promise.all(Object.values(ARTIFACTS).map((file) => rm(path.join(folder, file), { recursive: true, force: true })));
}
