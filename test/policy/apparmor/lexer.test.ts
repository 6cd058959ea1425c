import assert from "node:assert/strict";
import { statementsOf } from "../../../policy/model/apparmor/lexer";

function words(text: string): string[] {
    const { statements, problems } = statementsOf(text);
    assert.deepEqual(problems, []);
    return statements.map((statement) => `${statement.words.join(" ")}${statement.end}`);
}

function problemsOf(text: string): string[] {
    return statementsOf(text).problems.map(({ is, line }) => `${is} ${String(line)}`);
}

describe("policy: AppArmor's statements", () => {
    it("end in commas and braces, wherever the lines break", () => {
        assert.deepEqual(words("profile x flags=(a, b) {\n  /a r, /b\n\tw,\n}\n"), ["profile x flags=(a, b){", "/a r,", "/b w,", "}"]);
    });

    it("keep commas within parentheses and alternatives", () => {
        assert.deepEqual(words("unix (send, receive) type=stream,\n/{a,b{c,d}} r,"), ["unix (send, receive) type=stream,", "/{a,b{c,d}} r,"]);
    });

    it("keep braces within parentheses", () => {
        assert.deepEqual(words("x (a { b } c),\n/d r,"), ["x (a { b } c),", "/d r,"]);
    });

    it("keep a comma without white space behind it, as the parser does", () => {
        assert.deepEqual(words("/a r,/b w,"), ["/a r,/b w,"]);
    });

    it("have no comments, but `#include` includes", () => {
        assert.deepEqual(words("# all of it, {\n/a r, # b\n#include <x>\n/c r,"), ["/a r,", "#include <x>,", "/c r,"]);
    });

    it("have no comments behind a rule or without a space, and include behind a rule too", () => {
        assert.deepEqual(words("#a, {\n/b r, #c, d,\n/e r, include <x>\n/f r,"), ["/b r,", "/e r,", "include <x>,", "/f r,"]);
    });

    it("include only by a first word that says so from its beginning", () => {
        assert.deepEqual(words("/x/include r, /b r,"), ["/x/include r,", "/b r,"]);
    });

    it("end in a comma that stands by itself too", () => {
        assert.deepEqual(words("/a r , /b r,"), ["/a r,", "/b r,"]);
    });

    it("know where they start", () => {
        assert.deepEqual(statementsOf("# x\n\n/a\nr,\n/b r,").statements.map(({ line }) => line), [3, 5]);
    });

    const PROBLEMS: Readonly<Record<string, readonly [text: string, problem: RegExp]>> = {
        "a quote": ['/a r,\n"/b" r,', /quote.* 2$/],
        "a backslash": ["/a\\ b r,", /backslash/],
        "a line continued": ["/a \\\nr,", /backslash/],
        "a comment inside of a rule": ["/a # b\nr,", /#/],
        "a # in a path": ["/a#b r,", /#/],
        "a carriage return": ["/a r,\r\n", /printable.* 1\n/],
        "a null": ["/a\0 r,", /printable/],
        "a space that isn't one": ["/a\u00a0r,", /printable/],
        "letters that a reviewer can't tell apart, even in a comment": ["# \u202e", /printable/],
        "a rule that doesn't end": ["/a r,\n/b r", /doesn't end 2$/],
        "a parenthesis that doesn't close": ["unix (send,\n/a r,", /doesn't end/],
        "a rule without a comma before the end of its block": ["{ /a r }", /without a comma/],
    };
    for (const [what, [text, problem]] of Object.entries(PROBLEMS)) {
        it(`refuse ${what}`, () => {
            assert.match(problemsOf(text).join("\n"), problem);
        });
    }
});
