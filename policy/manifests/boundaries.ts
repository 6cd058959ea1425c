import { EVENT_ID, SCALAR_STYLE, type Event } from "js-yaml";
import type { Part } from "./documents";
import { Refusal } from "./refusal";

/** YAML 1.1, which Kubernetes reads, ends a line, and so a comment, at the first three; a byte order mark begins a line anew. */
const BREAKS = /[\u0085\u2028\u2029\ufeff]/g;
const BREAK_BY_A_BLANK = /(?:^|[\s\\])[\u0085\u2028\u2029\ufeff]|[\u0085\u2028\u2029\ufeff](?:$|[\s\\])/;
const END = /^\.\.\.(?=\s|$)/m;
const CONTENT = /^[ \t]*[^\s#]/m;

/**
 * Refuses what makes lines or documents end elsewhere for Kubernetes than for our parser.
 * @throws Refusal with the place and what to write instead
 */
export function checkBoundaries({ text, offset, isJson }: Part, events: readonly Event[]): void {
    if (isJson) {
        return;
    }
    const [start] = events;
    const stray = strayBreak(text, events);
    if (stray >= 0) {
        throw new Refusal(offset + stray, "an invisible character that ends the line for Kubernetes (U+0085, U+2028, U+2029 or a byte order mark); remove it, or write it as an escape in double quotes");
    }
    if (start?.type === EVENT_ID.DOCUMENT && start.explicitStart) {
        throw new Refusal(offset, "a --- that is indented, which is a text for Kubernetes; put it at the start of the line");
    }
    const end = text.search(END);
    if (end >= 0 && CONTENT.test(text.slice(end + 3))) {
        throw new Refusal(offset + end, "a line ... with something behind it, which Kubernetes doesn't read; begin the next document with a line ---");
    }
}

/** Where such a character stands outside double quotes, or inside them where blanks around it would go; -1 for nowhere. One at a time: there may be millions. */
function strayBreak(text: string, events: readonly Event[]): number {
    let at = nextBreak(text, 0);
    for (const event of events) {
        if (at < 0) {
            break;
        }
        if (event.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.DOUBLE_QUOTED || at >= event.valueEnd) {
            continue;
        }
        if (at < event.valueStart || BREAK_BY_A_BLANK.test(text.slice(event.valueStart, event.valueEnd))) {
            return at;
        }
        at = nextBreak(text, event.valueEnd);
    }
    return at;
}

function nextBreak(text: string, from: number): number {
    BREAKS.lastIndex = from;
    return BREAKS.exec(text)?.index ?? -1;
}

/** What Kubernetes makes of such a character in double quotes: the first is folded to a space as any line's end is, the others stay. */
export function folded({ text, isJson }: Part): string {
    return isJson ? text : text.replaceAll("\u0085", " ");
}
