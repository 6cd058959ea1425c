/** Tables of the kernel's automata by their numbers in apparmor_parser's output. */
const TABLE = { accept: 1, base: 2, check: 3, default: 4, classes: 5, next: 8 } as const;
const MAGIC = Buffer.from("1b5e783d", "hex");
const BYTES = Array.from({ length: 256 }, (_, byte) => byte);
const NUL = 0;
const SLASH = "/".charCodeAt(0);
const DEAD = 0;
const START = 1;
/** A state's base has a flag in its upper bits: what the state lacks, the one that it differs from may have. */
const DIFFERS = 0x80000000;
const BASE = 0x00ffffff;

/** A deterministic automaton over bytes, as the kernel runs it; each state has bits of what it grants. */
export class Automaton {
    readonly #grants: Uint32Array;
    readonly #base: Uint32Array;
    readonly #check: Uint32Array;
    readonly #default: Uint32Array;
    readonly #next: Uint32Array;
    readonly #classes: Uint32Array;

    /** @param blob its tables; undefined for one that grants nothing */
    constructor(blob: Buffer | undefined) {
        const tables = blob === undefined ? new Map<number, Uint32Array>() : tablesIn(blob);
        const table = (id: keyof typeof TABLE): Uint32Array => tables.get(TABLE[id]) ?? new Uint32Array();
        this.#grants = table("accept");
        this.#base = table("base");
        this.#check = table("check");
        this.#default = table("default");
        this.#next = table("next");
        this.#classes = tables.get(TABLE.classes) ?? Uint32Array.from(BYTES);
    }

    get states(): number {
        return this.#base.length;
    }

    /** Bytes of one class lead to the same states. */
    classOf(byte: number): number {
        return this.#classes[byte] ?? DEAD;
    }

    grants(state: number): number {
        return this.#grants[state] ?? 0;
    }

    after(state: number, byte: number): number {
        for (let from = state; ;) {
            const base = this.#base[from] ?? 0;
            const position = (base & BASE) + this.classOf(byte);
            if (this.#check[position] === from) {
                return this.#next[position] ?? DEAD;
            }
            from = this.#default[from] ?? DEAD;
            if ((base & DIFFERS) === 0) {
                return from;
            }
        }
    }
}

function tablesIn(blob: Buffer): Map<number, Uint32Array> {
    const data = blob.subarray(blob.indexOf(MAGIC));
    const found = new Map<number, Uint32Array>();
    const end = data.readUInt32BE(8);
    for (let at = data.readUInt32BE(4); at < end;) {
        const [id, width, length] = [data.readUInt16BE(at), data.readUInt16BE(at + 2), data.readUInt32BE(at + 8)];
        const start = at + 12;
        found.set(id, Uint32Array.from({ length }, (_, index) => data.readUIntBE(start + index * width, width)));
        at = Math.ceil((start + length * width) / 8) * 8;
    }
    return found;
}

/** Where both automata are after the same bytes, and how they got there. */
interface Place {
    readonly inner: number;
    readonly outer: number;
    readonly byte: number;
    readonly pastNul: boolean;
    readonly before?: Place;
}

/** Whether what the inner state grants is more than what the outer one does. */
type Compare = (inner: number, outer: number, place: Place) => boolean;

function textTo({ byte, before }: Place): string {
    return before === undefined ? "" : `${textTo(before)}${String.fromCharCode(byte)}`;
}

/** One byte of each sort that makes a difference to either. */
function toTry(inner: Automaton, outer: Automaton): readonly number[] {
    const sortOf = (byte: number): string => (
        [[NUL, SLASH].indexOf(byte), inner.classOf(byte), outer.classOf(byte)].join()
    );
    return [...new Map(BYTES.map((byte) => [sortOf(byte), byte])).values()];
}

/** Shortest text by which one automaton grants what the other doesn't; undefined where there is none. */
function gainOf(inner: Automaton, outer: Automaton, isMore: Compare, arePaths: boolean): string | undefined {
    const bytes = toTry(inner, outer);
    const seen = new Set<number>();
    const places: Place[] = [{ inner: START, outer: START, byte: NUL, pastNul: false }];
    for (const place of places) {
        if (isMore(inner.grants(place.inner), outer.grants(place.outer), place)) {
            return textTo(place);
        }
        for (const byte of bytes) {
            const [one, other] = [inner.after(place.inner, byte), outer.after(place.outer, byte)];
            const next = { inner: one, outer: other, byte, pastNul: place.pastNul || byte === NUL, before: place };
            const key = (one * outer.states + other) * 4 + (next.pastNul ? 2 : 0) + (byte === SLASH ? 1 : 0);
            // The kernel never writes a slash twice in a path.
            const isDoubled = arePaths && byte === SLASH && place.byte === SLASH;
            if (one !== DEAD && !isDoubled && !seen.has(key)) {
                seen.add(key);
                places.push(next);
            }
        }
    }
    return undefined;
}

const LINK = 0x10;
const EXECUTE = 0x01;
const ACCESSES = 0x7f;
const HALF = 14;
const HOW_TO_EXECUTE = 0x3f80;
const BEYOND_FILES = 0xf0000000;

/** Of the process's own files, and of others': half of the bits each. A link is granted where its target ends. */
function isMoreOfFiles(inner: number, outer: number, { pastNul }: Place): boolean {
    const counts = pastNul ? LINK : ACCESSES & ~LINK;
    return (inner & BEYOND_FILES & ~outer) !== 0 || [0, HALF].some((shift) => {
        const [one, other] = [inner >>> shift, outer >>> shift];
        const executesOtherwise = !pastNul && (one & EXECUTE) !== 0 && ((one ^ other) & HOW_TO_EXECUTE) !== 0;
        return (one & counts & ~other) !== 0 || executesOtherwise;
    });
}

/** A path on which the one grants what the other doesn't. */
export function gainOfFiles(inner: Automaton, outer: Automaton): string | undefined {
    return gainOf(inner, outer, isMoreOfFiles, true);
}

/** Only programs ask about it; rules on signals and tracing add it. */
const LABELS = 16;

/** As {@link gainOfFiles}, for sockets, signals and the like; a class that an automaton doesn't have isn't mediated. */
export function gainOfOthers(inner: Automaton, outer: Automaton): string | undefined {
    const classes = BYTES.filter((byte) => byte !== LABELS && outer.after(START, byte) !== DEAD);
    const unmediated = classes.find((byte) => inner.after(START, byte) === DEAD);
    return unmediated === undefined
        ? gainOf(inner, outer, (one, other) => (one & ~other) !== 0, false)
        : `class ${String(unmediated)}, unmediated`;
}
