import { SCALAR_STYLE, type ScalarEvent } from "js-yaml";

/** What may stand between the end of a key in a flow collection and what makes its colon part of the key for Kubernetes. */
const TIGHT = /[ \t]*:[,[\]{}]/y;
const TIGHT_COLON = "a colon between brackets with no space behind it, which Kubernetes takes for a part of the text before it; put quotes around a text that ends with a colon, such as an IPv6 address, or a space behind the colon of a key";
const ESCAPED_LINE_END = /\\\r?\n[ \t]*\r?\n/;
const HALF_A_PAIR = /\p{Surrogate}/u;

/** What is wrong with a scalar that Kubernetes' parser takes otherwise than ours, and how to write it; undefined for all that is clear. */
export function unclear(text: string, { style, valueStart, valueEnd }: ScalarEvent, value: string, inFlow: boolean): string | undefined {
    if (style === SCALAR_STYLE.DOUBLE_QUOTED) {
        if (HALF_A_PAIR.test(value)) {
            return "half a surrogate pair, which is no character and which Kubernetes replaces; write the whole pair";
        }
        return ESCAPED_LINE_END.test(text.slice(valueStart, valueEnd)) ? "a backslash at the end of a line with an empty line behind it; write \\n for the line's end" : undefined;
    }
    if (style !== SCALAR_STYLE.PLAIN || !inFlow) {
        return undefined;
    }
    if (text[valueStart] === "?") {
        return "a ? at the start of a text between brackets, which begins a key for Kubernetes; put quotes around the text";
    }
    return tightColonAt(text, valueEnd);
}

/** What is wrong where a text between brackets has ended, also when the parser stops there; undefined for all else. */
export function tightColonAt(text: string, end: number): string | undefined {
    TIGHT.lastIndex = end;
    return TIGHT.test(text) ? TIGHT_COLON : undefined;
}
