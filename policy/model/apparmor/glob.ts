/** One step along a path: one character, or any number of them. */
export interface Step {
    /** The characters that it takes; undefined for any, apart from a slash where `slash` is false. */
    readonly among: ReadonlySet<string> | undefined;
    readonly slash: boolean;
    readonly many: boolean;
}

/** A pattern without alternatives. */
export type Path = readonly Step[];

/** A pattern for paths: matches what one of its paths matches. */
export interface Glob {
    readonly text: string;
    readonly paths: readonly Path[];
}

/** Alternatives multiply: `{a,b}{c,d}` are four paths. */
const MOST_PATHS = 512;
const LITERAL = /[A-Za-z0-9/._+-]/;
/** Characters, and ranges of one sort of them. */
const CLASS = /^\[((?:[0-9]-[0-9]|[a-z]-[a-z]|[A-Z]-[A-Z]|[A-Za-z0-9._+](?!-))+)\]/;

const ONE: Step = { among: undefined, slash: false, many: false };
const MANY: Step = { ...ONE, many: true };
const ALL: Step = { ...MANY, slash: true };

function among(characters: Iterable<string>): Step {
    return { ...ONE, among: new Set(characters) };
}

function inRange(first: string, last: string): string[] {
    const [from, to] = [first.charCodeAt(0), last.charCodeAt(0)];
    if (from > to) {
        throw new Unreadable();
    }
    return Array.from({ length: to - from + 1 }, (_, step) => String.fromCharCode(from + step));
}

function inClass(text: string): string[] {
    return [...text.matchAll(/(.)-(.)|(.)/g)].flatMap(([, first, last, only]) => (only === undefined ? inRange(first ?? "", last ?? "") : [only]));
}

class Unreadable extends Error {}

/** Reads a pattern from left to right, as the parser turns it into a regular expression. */
class Reader {
    #at = 0;
    readonly #text: string;

    constructor(text: string) {
        this.#text = text;
    }

    whole(): Path[] {
        const paths = this.#sequence();
        if (this.#at < this.#text.length) {
            throw new Unreadable();
        }
        return paths;
    }

    /** Up to the end, or within braces to the comma or brace that ends the alternative. */
    #sequence(): Path[] {
        let paths: Path[] = [[]];
        for (let next = this.#next(); next !== undefined; next = this.#next()) {
            const options = next;
            paths = paths.flatMap((path) => options.map((option) => [...path, ...option]));
            if (paths.length > MOST_PATHS) {
                throw new Unreadable();
            }
        }
        return paths;
    }

    #next(): Path[] | undefined {
        const rest = this.#text.slice(this.#at);
        const [character = ""] = rest;
        if (character === "" || character === "," || character === "}") {
            return undefined;
        }
        if (character === "{") {
            return this.#alternatives();
        }
        const [taken, steps] = character === "*" ? this.#stars(rest) : character === "?" ? ["?", [ONE]] : this.#characters(rest);
        this.#at += taken.length;
        return [steps];
    }

    #characters(rest: string): [taken: string, steps: Path] {
        const [whole, members] = CLASS.exec(rest) ?? [];
        if (whole !== undefined && members !== undefined) {
            return [whole, [among(inClass(members))]];
        }
        const [character = ""] = rest;
        if (!LITERAL.test(character)) {
            throw new Unreadable();
        }
        return [character, [among(character)]];
    }

    /** Where stars are a whole part of a path, between slashes or at the end, they stand for at least one character. */
    #stars(rest: string): [taken: string, steps: Path] {
        const [stars = ""] = /^\*+/.exec(rest) ?? [];
        if (stars.length > 2) {
            throw new Unreadable();
        }
        const isPart = this.#text[this.#at - 1] === "/" && ["/", undefined].includes(rest[stars.length]);
        return [stars, [...(isPart ? [ONE] : []), stars === "**" ? ALL : MANY]];
    }

    #alternatives(): Path[] {
        const paths: Path[] = [];
        let alternatives = 0;
        do {
            this.#at += 1;
            paths.push(...this.#sequence());
            alternatives += 1;
        } while (this.#text[this.#at] === ",");
        if (this.#text[this.#at] !== "}" || alternatives < 2) {
            throw new Unreadable();
        }
        this.#at += 1;
        return paths;
    }
}

/** Slashes that the parser would merge, and commas of which it takes the first for the end of the rule. */
const DOUBLED = /\/\/|,,/;

/** Reads a pattern of apparmor.d(5); undefined for one that this project's profiles may not have: quotes, variables, `[^…]`, `//`. */
export function parseGlob(text: string): Glob | undefined {
    try {
        return text.startsWith("/") && !DOUBLED.test(text) ? { text, paths: new Reader(text).whole() } : undefined;
    } catch (error) {
        if (error instanceof Unreadable) {
            return undefined;
        }
        throw error;
    }
}
