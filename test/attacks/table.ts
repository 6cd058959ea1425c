import type { Seen } from "../../evidence/attacks";
import { ATTACKS } from "./attack";

const HEAD = ["measure", "attacks tried", "stopped by", "the measure that did it, told apart", "control", "on gVisor"];
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** `EPERM 4, EACCES 2`, the most first. */
function counted(words: readonly string[]): string {
    const counts = [...new Set(words)].map((word) => [word, words.filter((other) => other === word).length] as const);
    return counts.sort(([one, a], [two, b]) => b - a || one.localeCompare(two)).map(([word, count]) => `${word} ${String(count)}`).join(", ") || "—";
}

/** For each measure what was tried against it, how that ended, and whether it is reached where nothing stops it: what a run closes with, and what stands in docs/attacks.md. */
export function attacksTable(seen: readonly Seen[]): string {
    return [
        row(HEAD),
        row(HEAD.map(() => "---")),
        ...[...ATTACKS.keys()].map((measure) => {
            const own = seen.filter((each) => each.measure === measure);
            const reached = own.filter(({ control }) => control === "reached").length;
            return row([
                `\`${measure}\``,
                `[${String(own.length)}](../test/attacks/data/${measure}.yaml)`,
                counted(own.map(({ stopped }) => stopped === "" ? "**nothing**" : stopped)),
                counted(own.flatMap(({ alone }) => alone)),
                `${String(reached)} of ${String(own.length)} reached`,
                counted(own.map(({ gvisor }) => gvisor).filter((end) => end !== "not run")),
            ]);
        }),
    ].join("\n");
}
