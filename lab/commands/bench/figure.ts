import type { Options } from "execa";
import { throwIfInterrupted } from "../../../cli/interrupt";
import { Problem } from "../../../cli/problem";
import { step } from "../../../cli/progress";
import { run } from "../../../cli/run";

/** Characters of the longest description. */
const WIDTH = 50;

/** How long something took each time, in seconds, shortest first. */
export interface Figure {
    readonly what: string;
    readonly seconds: readonly number[];
}

/** Runs a command that has to succeed, or to end with the exit code given. */
export async function succeed(command: string, args: readonly string[], options: Options, code = 0): Promise<void> {
    const result = await run(command, args, options);
    throwIfInterrupted();
    if (result.exitCode !== code) {
        throw new Problem(`${result.command} ended with exit code ${String(result.exitCode)} instead of ${String(code)}:\n${result.all ?? result.stderr}`);
    }
}

export async function measure(what: string, rounds: number, work: () => Promise<unknown>): Promise<Figure> {
    const seconds: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
        await step(`${what}, ${String(round)} of ${String(rounds)}`, async () => {
            const started = performance.now();
            await work();
            seconds.push((performance.now() - started) / 1000);
        });
    }
    return { what, seconds: seconds.sort((one, other) => one - other) };
}

function medianOf({ seconds }: Figure): number {
    return seconds[Math.floor(seconds.length / 2)] ?? 0;
}

/** Minimum, median and maximum of each figure. */
export function table(figures: readonly Figure[]): string[] {
    const row = (what: string, columns: readonly string[]): string => `${what.padEnd(WIDTH)}${columns.map((column) => column.padStart(9)).join("")}`;
    return [
        row("seconds", ["min", "median", "max"]),
        ...figures.map((figure) => row(figure.what, [figure.seconds[0], medianOf(figure), figure.seconds.at(-1)].map((value = 0) => value.toFixed(1)))),
    ];
}

/**
 * `preview with the pack: 10 × the size takes 7.9 × the time`; no more than the size where the time is linear, and less where much of it is the start.
 * @param sizes of the figures, in their order
 */
export function growth(sizes: readonly number[], figures: readonly Figure[]): string {
    const ratio = (numbers: readonly number[]): number => (numbers.at(-1) ?? 0) / (numbers[0] ?? 0);
    return `${figures.at(-1)?.what ?? ""}: ${ratio(sizes).toFixed(0)} × the size takes ${ratio(figures.map(medianOf)).toFixed(1)} × the time`;
}
