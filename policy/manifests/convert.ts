import { COLLECTION_STYLE, EVENT_ID, getScalarValue, SCALAR_STYLE, type AliasEvent, type Event, type MappingEvent, type ScalarEvent, type SequenceEvent } from "js-yaml";
import type { Value } from "../model/resource";
import { Anchors, type Node } from "./anchors";
import { checkBoundaries, folded } from "./boundaries";
import type { Part } from "./documents";
import type { Marks } from "./marks";
import { mapsIn, merge } from "./merge";
import { Refusal } from "./refusal";
import { resolveKey, resolveScalar } from "./scalars";
import { unclear } from "./unclear";

type Started = Exclude<Event, { readonly type: typeof EVENT_ID.DOCUMENT | typeof EVENT_ID.POP }>;

const MERGE = "<<";
const ANCHOR = /^[\w-]+$/;
const QUOTED = new Set<number>([SCALAR_STYLE.SINGLE_QUOTED, SCALAR_STYLE.DOUBLE_QUOTED]);
/** `!` alone and `!!str` make a text of a scalar; the others say what a map or a list is anyway. */
const TAGS = new Set(["!", "!!str", "!!map", "!!seq", "!<tag:yaml.org,2002:str>"]);

/**
 * Turns the parser's events into the values that Kubernetes would get. Aliases share one value, and what they stand for is counted
 * before anybody walks it; keys and anchors are looked up in tables, so that the time is linear in the text.
 */
export class Converter {
    #next = 0;
    readonly #anchors = new Anchors();
    readonly #text: string;

    constructor(readonly part: Part, readonly events: readonly Event[], readonly marks: Marks) {
        this.#text = folded(part);
    }

    /**
     * The document; null for one that is empty.
     * @throws Refusal for a duplicate key, a cycle, aliases that stand for too much, and what Kubernetes may read otherwise
     */
    document(): Node {
        checkBoundaries(this.part, this.events);
        this.#next = 1;
        return this.events.length === 0 ? { value: null, offset: this.part.offset, size: 1 } : this.#node(this.part.offset, false);
    }

    #at(position: number): number {
        return position + this.part.offset;
    }

    /** @param near where a value that isn't written out is said to be */
    #node(near: number, inFlow: boolean): Node {
        const event = this.events[this.#next] as Started;
        this.#next += 1;
        if (event.type === EVENT_ID.ALIAS) {
            return this.#anchors.resolve(this.#anchor(event), this.#at(event.anchorStart - 1));
        }
        const start = event.type === EVENT_ID.SCALAR ? event.valueStart - (QUOTED.has(event.style) ? 1 : 0) : event.start;
        const offset = start < 0 ? near : this.#at(start);
        if (event.tagStart >= 0 && !TAGS.has(this.#text.slice(event.tagStart, event.tagEnd))) {
            throw new Refusal(this.#at(event.tagStart), "a tag other than !!str, !!map and !!seq");
        }
        return event.anchorStart < 0 ? this.#inner(event, offset, inFlow) : this.#anchors.set(this.#anchor(event), () => this.#inner(event, offset, inFlow));
    }

    #anchor({ anchorStart, anchorEnd }: Pick<AliasEvent, "anchorStart" | "anchorEnd">): string {
        const name = this.#text.slice(anchorStart, anchorEnd);
        if (!ANCHOR.test(name)) {
            throw new Refusal(this.#at(anchorStart - 1), "an anchor or alias of other characters than letters, digits, - and _");
        }
        return name;
    }

    #inner(event: Exclude<Started, AliasEvent>, offset: number, inFlow: boolean): Node {
        if (event.type === EVENT_ID.SCALAR) {
            return { value: this.#scalar(event, offset, inFlow), offset, size: 1 };
        }
        return event.type === EVENT_ID.MAPPING ? this.#map(event, offset) : this.#list(event, offset);
    }

    #atEnd(): boolean {
        const atEnd = this.events[this.#next]?.type === EVENT_ID.POP;
        this.#next += atEnd ? 1 : 0;
        return atEnd;
    }

    #list({ style }: SequenceEvent, offset: number): Node {
        const offsets: number[] = [];
        const value: Value[] = [];
        let size = 1;
        while (!this.#atEnd()) {
            const item = this.#node(offset, style === COLLECTION_STYLE.FLOW);
            offsets.push(item.offset);
            value.push(item.value);
            size += item.size;
        }
        this.marks.set(value, offsets);
        return { value, offset, size };
    }

    #map({ style }: MappingEvent, offset: number): Node {
        const offsets = new Map<string, number>();
        const merged: Value[] = [];
        const own: [string, Value][] = [];
        let size = 1;
        while (!this.#atEnd()) {
            const key = this.#key(offset, style === COLLECTION_STYLE.FLOW);
            if (offsets.has(key.name)) {
                throw new Refusal(key.offset, "a duplicate key: the same map has it already");
            }
            const inner = this.#node(key.offset, style === COLLECTION_STYLE.FLOW);
            size += inner.size;
            if (key.isMerge) {
                const maps = mapsIn(inner.value, key.offset);
                if (maps.some((map) => Object.keys(map as object).some((name) => offsets.has(name)))) {
                    throw new Refusal(key.offset, "<< behind a key that it brings too: Kubernetes then takes the merged value; put << first, so that the map's own keys win");
                }
                merged.push(...maps);
            } else {
                own.push([key.name, inner.value]);
            }
            offsets.set(key.name, key.offset);
        }
        return { value: merge(merged, own, offsets, this.marks), offset, size };
    }

    #scalar(event: ScalarEvent, offset: number, inFlow: boolean): Value {
        const text = event.valueStart < 0 ? "" : getScalarValue(this.#text, event);
        const problem = unclear(this.#text, event, text, inFlow);
        if (problem !== undefined) {
            throw new Refusal(offset, problem);
        }
        if (event.style !== SCALAR_STYLE.PLAIN || event.tagStart >= 0) {
            return text;
        }
        const value = resolveScalar(text);
        if (value === undefined) {
            throw new Refusal(offset, "a number that JSON, and so Kubernetes, hasn't got or can't tell exactly; write it as a decimal number, or put quotes around the text");
        }
        return value;
    }

    #key(near: number, inFlow: boolean): { readonly name: string; readonly offset: number; readonly isMerge: boolean } {
        const event = this.events[this.#next];
        const isPlain = event?.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0;
        const { value, offset } = this.#node(near, inFlow);
        const name = isPlain ? resolveKey(value, this.#text.slice(event.valueStart, event.valueEnd)) : typeof value === "string" ? value : undefined;
        if (name === undefined) {
            throw new Refusal(offset, "a key that is no text; put quotes around it");
        }
        return { name, offset, isMerge: isPlain && name === MERGE };
    }
}
