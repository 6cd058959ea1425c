/** What a terminal or a pipeline's log takes for an order, or a reader doesn't see: controls, line ends, directions of writing, zero width, halves of a pair. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const PLAIN = /^[ -~]*$/;

/** Text of a stranger's making as one line that is what it seems: whatever is hidden stands there as JSON would escape it, `\u001b`. */
export function printable(text: string): string {
    return PLAIN.test(text) ? text : text.replaceAll(HIDDEN, escaped);
}

/** The same for the text of a JSON document, which stays one, of the same value: line ends between its values are kept. */
export function printableJson(text: string): string {
    return PLAIN.test(text) ? text : text.replaceAll(HIDDEN, (sign) => (sign === "\n" ? sign : escaped(sign)));
}

function escaped(sign: string): string {
    return Array.from({ length: sign.length }, (_, index) => `\\u${sign.charCodeAt(index).toString(16).padStart(4, "0")}`).join("");
}
