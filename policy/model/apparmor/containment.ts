import type { Glob, Path, Step } from "./glob";

/** Stands for every character that no pattern names: patterns may not have it. */
const OTHER = "~";
/** Places in patterns where a walk may be; more than this and the comparison is given up. */
const MOST_WALKS = 10_000;

/** Thrown where patterns are too intricate to be compared. */
export class TooIntricate extends Error {}

function takes({ among, slash }: Step, character: string): boolean {
    return among === undefined ? slash || character !== "/" : among.has(character);
}

/** All paths of some patterns at once; a place is a path's number and a position in it, both in one number. */
class Walker {
    readonly #paths: readonly Path[];
    readonly #width: number;
    readonly start: readonly number[];

    constructor(globs: readonly Glob[]) {
        this.#paths = globs.flatMap(({ paths }) => paths);
        this.#width = Math.max(0, ...this.#paths.map((path) => path.length)) + 1;
        this.start = this.#spread(this.#paths.map((_, index) => index * this.#width));
    }

    #step(place: number): Step | undefined {
        return this.#paths[Math.floor(place / this.#width)]?.[place % this.#width];
    }

    /** A step of any number of characters may be over before it has begun. */
    #spread(places: readonly number[]): number[] {
        const found = new Set<number>();
        const next = [...places];
        for (let place = next.pop(); place !== undefined; place = next.pop()) {
            if (!found.has(place)) {
                found.add(place);
                next.push(...(this.#step(place)?.many === true ? [place + 1] : []));
            }
        }
        return [...found].sort((one, other) => one - other);
    }

    after(places: readonly number[], character: string): number[] {
        return this.#spread(places.flatMap((place) => {
            const step = this.#step(place);
            return step === undefined || !takes(step, character) ? [] : [step.many ? place : place + 1];
        }));
    }

    /** The characters that make a difference from here on, and whether all others are taken too. */
    named(places: readonly number[]): { readonly characters: ReadonlySet<string>; readonly others: boolean } {
        const steps = places.map((place) => this.#step(place)).filter((step) => step !== undefined);
        return { characters: new Set(steps.flatMap(({ among }) => [...(among ?? [])])), others: steps.some(({ among }) => among === undefined) };
    }

    isEnd(places: readonly number[]): boolean {
        return places.some((place) => this.#step(place) === undefined);
    }
}

/** One character of each sort that a walk has to try: all others go where {@link OTHER} goes. Named ones first, for the example's sake. */
function toTry(inner: ReturnType<Walker["named"]>, outer: ReturnType<Walker["named"]>): Iterable<string> {
    return inner.others ? new Set([...inner.characters, ...outer.characters, "/", OTHER]) : inner.characters;
}

/**
 * The shortest path that `glob` matches and none of `others` does; undefined where there is none, so that they contain it. Exact: walks
 * along all patterns at once, character by character, as the automaton that the kernel runs. The kernel never writes a slash twice.
 * @throws TooIntricate
 */
export function pathOutside(glob: Glob, others: readonly Glob[]): string | undefined {
    // Most rules stand in both profiles as they are; walking those takes a second a profile.
    if (others.some(({ text }) => text === glob.text)) {
        return undefined;
    }
    const [inner, outer] = [new Walker([glob]), new Walker(others)];
    const seen = new Set<string>();
    let walks = [{ path: "", within: inner.start, covered: outer.start }];
    while (walks.length > 0) {
        const further: typeof walks = [];
        for (const { path, within, covered } of walks) {
            if (inner.isEnd(within) && !outer.isEnd(covered)) {
                return path;
            }
            for (const character of toTry(inner.named(within), outer.named(covered))) {
                const next = inner.after(within, character);
                const there = next.length === 0 ? [] : outer.after(covered, character);
                const key = `${next.join()};${there.join()};${String(character === "/")}`;
                if (next.length > 0 && !(character === "/" && path.endsWith("/")) && !seen.has(key)) {
                    seen.add(key);
                    further.push({ path: path + character, within: next, covered: there });
                }
            }
            if (seen.size > MOST_WALKS) {
                throw new TooIntricate();
            }
        }
        walks = further;
    }
    return undefined;
}
