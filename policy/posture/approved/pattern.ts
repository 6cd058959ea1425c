import { TABLE, type Entry } from "./table";

const SEGMENT = /\["([^"]*)"\]|([^.[\]]+)/g;

/** The keys of a path in the table, each as an expression for one key. */
function segmentsOf(path: string): RegExp[] {
    return [...path.matchAll(SEGMENT)].map(([, quoted, plain]) => new RegExp(`^${(quoted ?? plain ?? "").split("*").map(escaped).join(".*")}$`));
}

function escaped(text: string): string {
    return text.replaceAll(/[$()*+./?[\\\]^{|}-]/g, "\\$&");
}

const PATTERNS = TABLE.flatMap((entry) => entry.paths.map((path) => ({ entry, segments: segmentsOf(path) })));

type Pattern = (typeof PATTERNS)[number];
const byKind = new Map<string, readonly Pattern[]>();

function patternsOf(kind: string): readonly Pattern[] {
    const known = byKind.get(kind) ?? PATTERNS.filter(({ entry: { kinds } }) => kinds.includes("*") || kinds.includes(kind));
    byKind.set(kind, known);
    return known;
}

/** Those of the patterns that a path leads along, one key further each time. */
export class Trail {
    private constructor(private readonly patterns: readonly Pattern[], private readonly depth: number) {}

    static of(kind: string): Trail {
        return new Trail(patternsOf(kind), 0);
    }

    to(key: string): Trail {
        const { depth } = this;
        return new Trail(this.patterns.filter(({ segments }) => segments[depth]?.test(key) === true), depth + 1);
    }

    /** Entries of the table that are about this place. */
    get entries(): readonly Entry[] {
        return this.patterns.filter(({ segments }) => segments.length === this.depth).map(({ entry }) => entry);
    }

    /** Whether some entry is about a place further down. */
    get goesOn(): boolean {
        return this.patterns.some(({ segments }) => segments.length > this.depth);
    }
}
