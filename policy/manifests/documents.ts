import { LIMITS } from "./limits";
import { Refusal } from "./refusal";

/** A document's text, and where in the file it begins. */
export interface Part {
    readonly text: string;
    readonly offset: number;
    readonly isJson: boolean;
}

const SEPARATOR = "---";
/** What may stand on a separator's line besides it. */
const ALONE = /^---([ \t]+(#[^\u0085\u2028\u2029\ufeff]*)?)?$/;
/** Nothing but blank lines and comments before a line that begins with a percent sign. */
const DIRECTIVE = /(?:[ \t]*(?:#[^\n]*)?\n)*%/y;
const BLANK = " \t\r\n";
/** How far kubectl looks for the brace of JSON. Bytes, and as many characters of those in BLANK. */
const LOOKED_AT = 4096;

/**
 * The documents as kubectl splits a file: JSON objects, one after another, as long as the text begins with a brace; else at each line that
 * begins with ---, whatever it is part of. Source: YAMLOrJSONDecoder and YAMLReader in k8s.io/apimachinery/pkg/util/yaml.
 * @throws Refusal where kubectl would stop or guess
 */
export function* partsOf(text: string): Generator<Part> {
    let [at, count] = [skipBlank(text, 0), 0];
    if (text[at] !== "{" && /^[\s\u0085]*\{/.test(text)) {
        throw new Refusal(at, "a blank other than space, tab and line end in front of JSON; remove it");
    }
    if (text[at] === "{" && at >= LOOKED_AT) {
        throw new Refusal(at, `JSON behind ${String(LOOKED_AT)} blanks or more, of which Kubernetes may read only the first object; remove the blanks`);
    }
    for (let end = jsonEnd(text, at); end > at; end = jsonEnd(text, at)) {
        yield { text: text.slice(at, end), offset: at, isJson: true };
        at = skipBlank(text, end);
        count += 1;
    }
    if (count > 0 && at < text.length && (count > 1 || !text.startsWith(SEPARATOR, at) || text[at - 1] !== "\n")) {
        throw new Refusal(at, "after a JSON object only the next one may stand, or, after the first, a line --- and YAML");
    }
    yield* yamlParts(text, count === 0 ? 0 : at);
}

function* yamlParts(text: string, from: number): Generator<Part> {
    // Of separators without anything between them, every other one stays in front of its document, and a byte order mark behind it in the text.
    let isKept = false;
    for (let start = from; start < text.length;) {
        const found = text.startsWith(SEPARATOR, start) ? start : text.indexOf(`\n${SEPARATOR}`, start) + 1;
        const end = found > 0 || text.startsWith(SEPARATOR, start) ? found : text.length;
        if (end > start) {
            const skipped = text[start] === "\ufeff" && !isKept ? 1 : 0;
            DIRECTIVE.lastIndex = start + skipped;
            if (DIRECTIVE.test(text)) {
                throw new Refusal(DIRECTIVE.lastIndex - 1, "a directive, which Kubernetes takes for a document of its own; remove the line");
            }
            yield { text: text.slice(start + skipped, end), offset: start + skipped, isJson: false };
        }
        isKept = end === start && !isKept;
        start = lineEnd(text, end);
        if (end < text.length && !ALONE.test(text.slice(end, start).replace(/\r?\n$/, ""))) {
            throw new Refusal(end, "a line that begins with --- ends the document for Kubernetes; nothing but a comment may follow on it");
        }
    }
}

function lineEnd(text: string, from: number): number {
    const newline = text.indexOf("\n", from);
    return newline < 0 ? text.length : newline + 1;
}

function skipBlank(text: string, from: number): number {
    let at = from;
    while (at < text.length && BLANK.includes(text.charAt(at))) {
        at += 1;
    }
    return at;
}

/** Where the JSON object that begins here ends; here, when there is none. */
function jsonEnd(text: string, start: number): number {
    if (text[start] !== "{") {
        return start;
    }
    let depth = 0;
    for (let at = start; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        if (code === 0x22) {
            at = stringEnd(text, at);
        } else if (code === 0x7b || code === 0x5b) {
            depth += 1;
            if (depth > LIMITS.depth) {
                return start;
            }
        } else if (code === 0x7d || code === 0x5d) {
            depth -= 1;
            if (depth === 0) {
                return isJson(text.slice(start, at + 1)) ? at + 1 : start;
            }
        }
    }
    return start;
}

/** The closing quote of a text that begins here, or the end. */
function stringEnd(text: string, start: number): number {
    for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
        let slashes = 0;
        while (text[at - 1 - slashes] === "\\") {
            slashes += 1;
        }
        if (slashes % 2 === 0) {
            return at;
        }
    }
    return text.length;
}

function isJson(text: string): boolean {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}
