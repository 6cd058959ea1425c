import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Pieces of text that parsers of YAML disagree on; those that stand there more than once are drawn more often. */
const SNIPPETS = JSON.parse(readFileSync(path.join(__dirname, "snippets.json"), "utf8")) as string[];
export const SEEDS = readdirSync(path.join(__dirname, "seeds")).sort().map((file) => readFileSync(path.join(__dirname, "seeds", file), "utf8"));
const OPENINGS = ["", "", "", "a: ", "- ", "{", "[", "a:\n  b: ", "k: [", "k: {", "{a: "];
const BETWEEN = ["", "\n", "---\n", "\n---\n", "...\n", "\r\n---\r\n", "\n...\n---\n", "--- \n", "--- # c\n", "\n---\n\ufeff", "\ufeff"];
/** A document of more lines than that is cut, so that each change matters. */
const MOST_LINES = 30;

/** Random numbers that are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

/** So many texts that look like manifests: half of snippets alone, half of manifests with a few changes. */
export function documents(seed: number, count: number): string[] {
    const random = randomFrom(seed);
    const below = (end: number): number => Math.floor(random() * end);
    const pick = (list: readonly string[]): string => list[below(list.length)] ?? "";
    const soup = (): string => pick(OPENINGS) + Array.from({ length: 1 + below(14) }, () => pick(SNIPPETS)).join("");
    const line = (old: string): string => pick([` ${old}`, old.slice(1), old + pick(SNIPPETS), `${old}\n${old}`, "", old.replace(": ", ":"), old.replace(": ", ":\t"),
        old.replace(/: (.*)$/, ': "$1"'), old.replace(/: (.*)$/, ": [$1]"), old.replace(/: (.*)$/, ": {$1}"), old.replace(": ", ": |\n"), old.replace(": ", ":\n")]);
    const changed = (text: string): string => {
        const at = below(text.length);
        const borders = [...text.matchAll(/[ \n:,]/g)].map(({ index }) => index);
        const border = borders[below(borders.length)] ?? 0;
        const lines = text.split("\n");
        const number = below(lines.length);
        return pick([
            text.slice(0, at) + pick(SNIPPETS) + text.slice(at),
            text.slice(0, border) + pick(SNIPPETS) + text.slice(border + below(2)),
            text.slice(0, at) + text.slice(at + 1 + below(3)),
            lines.with(number, line(lines[number] ?? "")).join("\n"),
            text + pick(BETWEEN) + pick(SEEDS).slice(0, 400),
        ]);
    };
    const manifest = (): string => {
        const lines = pick(SEEDS).split("\n");
        const first = below(Math.max(1, lines.length - MOST_LINES));
        return Array.from({ length: 1 + below(3) }).reduce<string>(changed, lines.slice(first, first + MOST_LINES).join("\n"));
    };
    // What UTF-8 can't hold, as half a pair, is no text for either reader.
    return Array.from({ length: count }, () => Buffer.from(random() < 0.5 ? soup() : manifest()).toString());
}
