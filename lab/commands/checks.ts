import { listenForInterrupt } from "../../cli/interrupt";
import { ensureNode } from "../node";
import { REPOSITORY } from "../../cli/repository";
import { EXIT_FOUND, explain, Problem } from "../../cli/problem";
import { print, say, step } from "../../cli/progress";
import { runVisibly } from "../../cli/run";
import { ensureToolchain } from "../toolchain";
import { closingLines, sum, type Result } from "../../test/closing";
import { runInLanes } from "./lanes";
import { partsOf, SUITES, suiteOf } from "./suites";

/** Tests at a time: a preview uses little more than one processor, and waits for the cluster in between. */
export const LANES = 2;
const LINTERS: readonly (readonly [program: string, ...args: string[]])[] = [
    ["tsc", "--noEmit", "--noCheck", "false"],
    ["eslint", "."],
];

/** Types and style. */
export async function lint(): Promise<void> {
    listenForInterrupt();
    for (const [linter, ...args] of LINTERS) {
        await step([linter, ...args].join(" "), async () => {
            if (await runVisibly(linter, args, { cwd: REPOSITORY, preferLocal: true }) !== 0) {
                throw new Problem("npm run lint found something; it stands above.", EXIT_FOUND);
            }
        });
    }
}

/**
 * Gets the tools before mocha starts, whose time limits are for tests; the node only for those who ask for its suites, as it takes the better
 * part of what all other tests take. Where they can't be had, the tests that need them say so.
 */
async function prepare(suites: readonly string[], withNode: boolean): Promise<void> {
    const needs = suites.map((suite) => suiteOf(suite).needs);
    try {
        if (needs.some((need) => need !== undefined)) {
            await ensureToolchain();
        }
        if (withNode && needs.includes("node")) {
            await ensureNode();
        }
    } catch (error) {
        if (!(error instanceof Problem)) {
            throw error;
        }
        say(explain(error));
    }
}

/** Runs the named suites, or after the linters all of them; those on a node at the end and in one mocha, as there is one node for all of them and it wants all processors. @returns the exit code */
export async function test(named: readonly string[]): Promise<number> {
    const suites = named.length > 0 ? named : Object.keys(SUITES);
    const onNode = suites.filter((suite) => suiteOf(suite).needs === "node");
    listenForInterrupt();
    if (named.length === 0) {
        await lint();
    }
    await prepare(suites, named.length > 0);
    const parts = suites.filter((suite) => !onNode.includes(suite)).flatMap(partsOf);
    return close([...await runInLanes(parts, LANES), ...await runInLanes(onNode.length > 0 ? [onNode.join(",")] : [], 1)]);
}

/** Says how all of it has ended. @returns the exit code */
export function close(results: readonly Result[]): number {
    const result = sum(results);
    for (const title of result.failed) {
        print(`failed: ${title}`);
    }
    print(closingLines(result).join("\n"));
    return result.failed.length === 0 ? 0 : EXIT_FOUND;
}
