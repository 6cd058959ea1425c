/** Numbers from 0 up to 1, always the same ones for a seed (mulberry32). */
export function random(seed: number): () => number {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

/** One of them. @throws Error where there is none */
export function pick<Item>(items: readonly Item[], next: () => number): Item {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) {
        throw new Error("there is nothing to pick from");
    }
    return item;
}
