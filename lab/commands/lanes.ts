import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Result } from "../../test/closing";
import { throwIfInterrupted } from "../interrupt";
import { REPOSITORY } from "../paths";
import { print, step } from "../progress";
import { run, runVisibly } from "../run";

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
        tell(`── ${part}, ${String(Math.round((Date.now() - started) / 1000))} s\n${all ?? ""}`);
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
    const waiting = parts.map((part, index) => ({ part, file: path.join(directory, `${String(index)}.json`) }));
    const running = new Set<string>();
    const results: Result[] = [];
    const alone = count === 1 || parts.length === 1;
    const lane = async (show: () => void = () => undefined): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
            running.add(next.part);
            show();
            results.push(await mocha(next.part, next.file, alone, tell));
            running.delete(next.part);
        }
    };
    try {
        if (alone) {
            await lane();
            return results;
        }
        await step("tests", async (detail) => {
            const show = (): void => { detail(`${[...running].join(", ")}; ${String(waiting.length)} more to begin`); };
            const lanes = await Promise.allSettled(Array.from({ length: count }, () => lane(show)));
            const broken = lanes.find(({ status }) => status === "rejected");
            if (broken?.status === "rejected") {
                throw broken.reason;
            }
        });
        return results;
    } finally {
        await rm(directory, { recursive: true, force: true });
    }
}
