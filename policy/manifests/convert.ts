import { EVENT_ID, getScalarValue, SCALAR_STYLE, type AliasEvent, type Event, type ScalarEvent } from "js-yaml";
import type { Value } from "../model/resource";
import { Anchors, type Node } from "./anchors";
import type { Marks } from "./marks";
import { mapsIn, merge } from "./merge";
import { Refusal } from "./refusal";
import { resolveKey, resolveScalar } from "./scalars";

type Started = Exclude<Event, { readonly type: typeof EVENT_ID.DOCUMENT | typeof EVENT_ID.POP }>;

const MERGE = "<<";
const QUOTED = new Set<number>([SCALAR_STYLE.SINGLE_QUOTED, SCALAR_STYLE.DOUBLE_QUOTED]);
/** `!` alone and `!!str` make a text of a scalar; the others say what a map or a list is anyway. */
const TAGS = new Set(["!", "!!str", "!!map", "!!seq", "!<tag:yaml.org,2002:str>"]);

/**
 * Turns the parser's events into the values that Kubernetes would get. Aliases share one value, and what they stand for is counted
 * before anybody walks it; keys and anchors are looked up in tables, so that the time is linear in the text.
 */
export class Converter {
    #next = 0;
    #anchors = new Anchors();

    constructor(readonly text: string, readonly events: readonly Event[], readonly marks: Marks) {}

    /**
     * The documents in their order, empty ones as null.
     * @throws Refusal for a duplicate key, a cycle, or aliases that stand for too much
     */
    *documents(): Generator<Node> {
        while (this.#next < this.events.length) {
            this.#anchors = new Anchors();
            this.#next += 1;
            yield this.#node(0);
            this.#next += 1;
        }
    }

    /** @param near where a value that isn't written out is said to be */
    #node(near: number): Node {
        const event = this.events[this.#next] as Started;
        this.#next += 1;
        if (event.type === EVENT_ID.ALIAS) {
            return this.#anchors.resolve(this.text.slice(event.anchorStart, event.anchorEnd), event.anchorStart - 1);
        }
        const start = event.type === EVENT_ID.SCALAR ? event.valueStart - (QUOTED.has(event.style) ? 1 : 0) : event.start;
        const offset = start < 0 ? near : start;
        if (event.tagStart >= 0 && !TAGS.has(this.text.slice(event.tagStart, event.tagEnd))) {
            throw new Refusal(event.tagStart, "a tag other than !!str, !!map and !!seq");
        }
        const anchor = event.anchorStart < 0 ? undefined : this.text.slice(event.anchorStart, event.anchorEnd);
        return anchor === undefined ? this.#inner(event, offset) : this.#anchors.set(anchor, () => this.#inner(event, offset));
    }

    #inner(event: Exclude<Started, AliasEvent>, offset: number): Node {
        if (event.type === EVENT_ID.SCALAR) {
            return { value: this.#scalar(event, offset), offset, size: 1 };
        }
        return event.type === EVENT_ID.MAPPING ? this.#map(offset) : this.#list(offset);
    }

    #atEnd(): boolean {
        const atEnd = this.events[this.#next]?.type === EVENT_ID.POP;
        this.#next += atEnd ? 1 : 0;
        return atEnd;
    }

    #list(offset: number): Node {
        const marks = new Map<number, number>();
        const value: Value[] = [];
        let size = 1;
        while (!this.#atEnd()) {
            const item = this.#node(offset);
            marks.set(value.length, item.offset);
            value.push(item.value);
            size += item.size;
        }
        this.marks.set(value, marks);
        return { value, offset, size };
    }

    #map(offset: number): Node {
        const marks = new Map<string, number>();
        const seen = new Set<string>();
        const merged: Value[] = [];
        const own: [string, Value][] = [];
        let size = 1;
        while (!this.#atEnd()) {
            const key = this.#key(offset);
            if (seen.has(key.name)) {
                throw new Refusal(key.offset, "a duplicate key: the same map has it already");
            }
            seen.add(key.name);
            const inner = this.#node(key.offset);
            size += inner.size;
            if (key.isMerge) {
                merged.push(...mapsIn(inner.value, key.offset));
            } else {
                marks.set(key.name, key.offset);
                own.push([key.name, inner.value]);
            }
        }
        return { value: merge(merged, own, marks, this.marks), offset, size };
    }

    #scalar(event: ScalarEvent, offset: number): Value {
        const text = event.valueStart < 0 ? "" : getScalarValue(this.text, event);
        if (event.style !== SCALAR_STYLE.PLAIN || event.tagStart >= 0) {
            return text;
        }
        const value = resolveScalar(text);
        if (value === undefined) {
            throw new Refusal(offset, "a number that JSON, and so Kubernetes, hasn't got");
        }
        return value;
    }

    #key(near: number): { readonly name: string; readonly offset: number; readonly isMerge: boolean } {
        const event = this.events[this.#next];
        const isPlain = event?.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0;
        const { value, offset } = this.#node(near);
        const name = isPlain ? resolveKey(value) : typeof value === "string" ? value : undefined;
        if (name === undefined) {
            throw new Refusal(offset, "a key that is no text");
        }
        return { name, offset, isMerge: isPlain && name === MERGE };
    }
}
