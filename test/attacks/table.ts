import { ATTACKS } from "./attack";
import type { Result } from "./results";

const HEAD = ["measure", "attacks tried", "stopped by", "told apart", "control"];
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** `EPERM 4, EACCES 2`, the most first. */
function counted(words: readonly string[]): string {
    const counts = [...new Set(words)].map((word) => [word, words.filter((other) => other === word).length] as const);
    return counts.sort(([one, a], [two, b]) => b - a || one.localeCompare(two)).map(([word, count]) => `${word} ${String(count)}`).join(", ");
}

/** The errors of the kernel and the names of limits, without the figures that differ from run to run. */
const kind = ({ stopped }: Result): string => /^[A-Z][A-Za-z]+$/.exec(stopped)?.[0] ?? (/CPUs$/.test(stopped) ? "throttled" : stopped.replace(/:.*/, ""));

/** In how many pods without any other measure one of them stopped an attack. */
function alone(results: readonly Result[]): string {
    return counted(results.flatMap((result) => result.alone)) || "—";
}

/** For each measure what was tried against it, how that ended, and whether it is reached where nothing stops it: what a run closes with. */
export function attacksTable(results: readonly Result[]): string {
    return [
        row(HEAD),
        row(HEAD.map(() => "---")),
        ...[...ATTACKS.keys()].map((measure) => {
            const own = results.filter((result) => result.measure === measure);
            const reached = own.filter(({ control }) => control === "reached").length;
            return row([
                `\`${measure}\``,
                `[${String(own.length)}](test/attacks/data/${measure}.yaml)`,
                counted(own.filter(({ stopped }) => stopped !== "").map(kind)),
                alone(own),
                `${String(reached)} of ${String(own.length)} reached`,
            ]);
        }),
    ].join("\n");
}
