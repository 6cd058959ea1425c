/** As many letters are put in, taken out or replaced in a word that is only misspelt. */
const MOST = 2;

/** ` (did you mean timeoutMs?)` for a word that is a known one misspelt; nothing for any other. */
export function suggestion(word: string, known: readonly string[]): string {
    const slips = (each: string): number => distance(word.toLowerCase(), each.toLowerCase());
    const [nearest] = [...known].sort((one, other) => slips(one) - slips(other));
    return nearest !== undefined && slips(nearest) <= Math.min(MOST, nearest.length / 2) ? ` (did you mean ${nearest}?)` : "";
}

/** Levenshtein's. */
function distance(one: string, other: string): number {
    let row = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (const letter of one) {
        const [first = 0] = row;
        const next = [first + 1];
        for (let index = 0; index < other.length; index += 1) {
            const [before = 0, above = 0, left = 0] = [row[index], row[index + 1], next[index]];
            next.push(Math.min(above + 1, left + 1, before + (letter === other[index] ? 0 : 1)));
        }
        row = next;
    }
    return row.at(-1) ?? 0;
}
