import type { Value } from "../model/resource";

/** Where the members of each map and list begin, in the order of Object.keys or the list's: offsets into the text, by the value itself, so that a path can be followed. */
export type Marks = Map<object, readonly number[]>;

/** Where a member begins; undefined for one that isn't there. */
export function memberOffset(value: unknown, key: string | number, marks: Marks): number | undefined {
    if (typeof value !== "object" || value === null) {
        return undefined;
    }
    const index = Array.isArray(value) ? key : Object.keys(value).indexOf(String(key));
    return typeof index === "number" ? marks.get(value)?.[index] : undefined;
}

/** The keys of a path as the rules write it: `a.b[0]["c.d/e"]` → a, b, 0, c.d/e. */
export function keysOf(path: string): (string | number)[] {
    return [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(([, index, quoted, plain]) => {
        if (index !== undefined) {
            return Number(index);
        }
        return quoted === undefined ? (plain ?? "") : (JSON.parse(quoted) as string);
    });
}

/** Where the path leads, or as far on the way there as the value goes: a field that isn't set is looked for in its parent. */
export function offsetOf(value: Value, path: string, marks: Marks, start: number): number {
    let [at, offset] = [value, start];
    for (const key of keysOf(path)) {
        const next = memberOffset(at, key, marks);
        if (next === undefined) {
            break;
        }
        offset = next;
        at = (at as Record<string | number, Value>)[key];
    }
    return offset;
}

/** Where each line of a text begins, as offsets. A line ends as YAML has it: \n, \r\n or \r. */
export function lineStarts(text: string): number[] {
    const starts = [0];
    for (const end of text.matchAll(/\r\n|\n|\r/g)) {
        starts.push(end.index + end[0].length);
    }
    return starts;
}

/** Line and column of an offset, both from 1. */
export function placeIn(starts: readonly number[], offset: number): { readonly line: number; readonly column: number } {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
        const middle = (low + high) >> 1;
        [low, high] = (starts[middle] ?? 0) <= offset ? [middle, high] : [low, middle];
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
