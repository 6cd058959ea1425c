import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Result } from "../../test/closing";
import { throwIfInterrupted } from "../../cli/interrupt";
import { REPOSITORY } from "../../cli/repository";
import { print, seconds, step } from "../../cli/progress";
import { run, runVisibly } from "../../cli/run";
import { together } from "../../cli/together";

/** One mocha. What it says is printed once it has ended, or as it comes where nothing runs beside it. */
async function mocha(part: string, file: string, alone: boolean, tell: (said: string) => void): Promise<Result> {
    const started = Date.now();
    // By flag: in the environment it would reach what the tests start.
    const args = [process.stdout.isTTY && process.env["NO_COLOR"] === undefined ? "--color" : "--no-color"];
    const options = { cwd: REPOSITORY, preferLocal: true, env: { TEST_SUITES: part, TEST_RESULT: file } };
    if (alone) {
        await runVisibly("mocha", args, options);
    } else {
        const { all } = await run("mocha", args, options);
        tell(`── ${part}, ${seconds(started)}\n${all ?? ""}`);
        throwIfInterrupted();
    }
    const written = await readFile(file, "utf8").catch(() => undefined);
    return written === undefined ? { passed: 0, failed: [`${part}: mocha ended before its tests; it says why above`], skipped: 0, notRun: [] } : JSON.parse(written) as Result;
}

/**
 * Runs each part in a mocha of its own.
 * @param parts values of TEST_SUITES
 * @param count how many at a time
 * @param tell gets what each has said
 * @throws Problem after an interrupt, once all have ended
 */
export async function runInLanes(parts: readonly string[], count: number, tell = print): Promise<readonly Result[]> {
    const directory = await mkdtemp(path.join(tmpdir(), "wikifunctions-results-"));
    const alone = count === 1 || parts.length <= 1;
    const running = new Set<string>();
    const results: Result[] = [];
    let begun = 0;
    const runAll = (detail: (text: string) => void): Promise<void> => together(count, parts, async (part) => {
        running.add(part);
        begun += 1;
        detail(`${[...running].join(", ")}; ${String(parts.length - begun)} more to begin`);
        results.push(await mocha(part, path.join(directory, `${String(begun)}.json`), alone, tell));
        running.delete(part);
    });
    try {
        await (alone ? runAll(() => undefined) : step("tests", runAll));
        return results;
    } finally {
        await rm(directory, { recursive: true, force: true });
    }
}
