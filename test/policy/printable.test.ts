import assert from "node:assert/strict";
import { printable, printableJson } from "../../policy/model/printable";

/** Of each sort that may be taken for an order, or isn't seen: what stands there instead. */
const HIDDEN: Readonly<Record<string, readonly [text: string, shown: string]>> = {
    "a control": ["a\u001b[2Jb", "a\\u001b[2Jb"],
    "a line end": ["a\nb", "a\\u000ab"],
    "a format": ["a\u202eb", "a\\u202eb"],
    "half of a pair": ["a\ud800b", "a\\ud800b"],
    "the end of a line of Unicode": ["a\u2028b", "a\\u2028b"],
    "the end of a paragraph of Unicode": ["a\u2029b", "a\\u2029b"],
    "what is drawn as nothing": ["a\u115fb", "a\\u115fb"],
    "what is drawn as nothing, and takes two halves": ["a\u{e0100}b", "a\\udb40\\udd00b"],
};

describe("policy: texts of a stranger's making", () => {
    for (const [what, [text, shown]] of Object.entries(HIDDEN)) {
        it(`are shown with ${what} escaped`, () => { assert.equal(printable(text), shown); });
    }

    it("are shown as they are otherwise, in whatever language", () => {
        for (const text of ["", "plain ~ text", "Fähre", "日本語", "🙂", "plain, then é"]) {
            assert.deepEqual([printable(text), printableJson(text)], [text, text]);
        }
    });

    it("stay JSON of the same value, line by line", () => {
        const json = '{\n"a": "é\u202e\u0085"\n}';
        assert.equal(printableJson(json), '{\n"a": "é\\u202e\\u0085"\n}');
        assert.deepEqual(JSON.parse(printableJson(json)), JSON.parse(json));
        assert.equal(printableJson("\u0007"), "\\u0007");
    });
});
