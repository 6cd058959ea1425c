import { YAMLException } from "js-yaml";
import type { Value } from "../model/resource";
import { Budget } from "./budget";
import { Converter } from "./convert";
import { partsOf } from "./documents";
import { eventsOf } from "./events";
import { inMebibytes, LIMITS } from "./limits";
import { lineStarts, offsetOf, placeIn, type Marks } from "./marks";
import { Refusal } from "./refusal";
import { tightColonAt } from "./unclear";
import { Unreadable, type Place } from "./unreadable";

/** One document of a file that isn't empty. */
export interface Content {
    readonly value: Value;
    /** Where a path below `within`, the whole value unless told otherwise, stands in the file; `start` for a path that leads nowhere. */
    readonly placeOf: (path: string, within?: Value, start?: Place) => Place;
}

/** What the parser says of a value between brackets with a colon at its end, too. */
const COMMA_MISSED = "missed comma between flow collection entries";
/** The sign of a chart that nobody has rendered. */
const TEMPLATE = /^[^#\n]*\{\{/m;

/**
 * The documents of a YAML or JSON text.
 * @throws Unreadable with line and column
 */
export function* read(file: string, bytes: Uint8Array, budget = new Budget()): Generator<Content> {
    const text = decode(file, bytes);
    budget.takeValues(text, { file });
    const starts = lineStarts(text);
    const placeAt = (offset: number): Place => ({ file, ...placeIn(starts, offset) });
    const carriageReturn = text.search(/\r(?!\n)/);
    if (carriageReturn >= 0) {
        throw new Unreadable(placeAt(carriageReturn), "a carriage return without a line feed, which ends a line for some readers only; end lines with \\n or \\r\\n");
    }
    const marks: Marks = new Map();
    let base = 0;
    try {
        for (const part of partsOf(text)) {
            base = part.offset;
            const { value, offset: start } = new Converter(part, eventsOf(part.text), marks).document();
            if (value !== null) {
                yield {
                    value,
                    placeOf: (path, within = value, from = placeAt(start)) => {
                        const offset = offsetOf(within, path, marks, -1);
                        return offset < 0 ? from : placeAt(offset);
                    },
                };
            }
        }
    } catch (error) {
        if (error instanceof Refusal) {
            throw new Unreadable(placeAt(error.offset), error.message);
        }
        if (error instanceof YAMLException) {
            const at = base + (error.mark?.position ?? 0);
            const hint = TEMPLATE.test(text) ? "; the file has {{ in it: render a chart first, helm template … | npm run -s check -- -" : "";
            const words = error.reason === COMMA_MISSED ? tightColonAt(text, at) : undefined;
            throw new Unreadable(placeAt(at), words ?? wordsOf(error) + hint);
        }
        throw error;
    }
}

function decode(file: string, bytes: Uint8Array): string {
    if (bytes.length > LIMITS.fileBytes) {
        throw new Unreadable({ file }, `larger than ${inMebibytes(LIMITS.fileBytes)}`);
    }
    try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
        throw new Unreadable({ file, ...firstBadLine(bytes) }, "not valid UTF-8");
    }
}

function firstBadLine(bytes: Uint8Array): { readonly line: number } {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    let line = 1;
    for (let start = 0; start < bytes.length; line += 1) {
        const newline = bytes.indexOf(0x0a, start);
        const end = newline < 0 ? bytes.length : newline;
        try {
            decoder.decode(bytes.subarray(start, end));
        } catch {
            break;
        }
        start = end + 1;
    }
    return { line };
}

/** The parser's own words, without what it quotes: that may be a secret's. */
function wordsOf({ reason }: YAMLException): string {
    return /maxDepth/.test(reason) ? `nested deeper than ${String(LIMITS.depth)} levels` : reason.replace(/(: | *["'`]).*$/s, "");
}
