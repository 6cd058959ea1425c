import assert from "node:assert/strict";
import { parseProfile } from "../../../policy/model/apparmor/parser";
import { deviation, printProfile } from "../../../policy/model/apparmor/print";
import { APPROVED, approvedTexts, edited, plus } from "./texts";

const HEAD = "profile wikifunctions-evaluator-python flags=(enforce, attach_disconnected) {";
const NULL = "  /dev/null rw,";
const where = (is: string, must: string, line: number): string => (
    `has '${is}' where it must have '${must}' (${String(line)})`
);
const instead = (is: string): [string, string] => [edited(NULL, is), where(is.replace(/[\t\r]/, "?"), NULL, 6)];

/** Texts that say the same to a reader, and what is said of each. */
const DEVIATIONS: Readonly<Record<string, readonly [text: string, said: string]>> = {
    "a comment before the profile": [`# Approved.\n${APPROVED}`, where("# Approved.", "abi <abi/3.0>,", 1)],
    "a comment within it": [plus("# /x r,"), where("  # /x r,", "}", 16)],
    "an empty line": [edited(HEAD, `\n${HEAD}`), `has an empty line where it must have '${HEAD}' (2)`],
    "an empty line behind it": [`${APPROVED}\n`, "has an empty line where it must have no line (18)"],
    "no end of its last line": [APPROVED.slice(0, -1), "has no line where it must have an empty line (17)"],
    "a tab": instead("\t/dev/null rw,"),
    "another indentation": instead("    /dev/null rw,"),
    "two spaces": instead("  /dev/null  rw,"),
    "a space behind a rule": instead("  /dev/null rw, "),
    "a carriage return": instead("  /dev/null rw,\r"),
    "another order of letters": instead("  /dev/null wr,"),
    "another order of a list": [
        edited("(send, receive)", "(receive, send)"),
        where("  signal (receive, send) peer=@{profile_name},", "  signal (send, receive) peer=@{profile_name},", 11),
    ],
    "another order of flags": [
        edited("(enforce, attach_disconnected)", "(attach_disconnected, enforce)"),
        where(HEAD.replace("(enforce, attach_disconnected)", "(attach_disconnected, enforce)"), HEAD, 2),
    ],
    "a mark of the byte order": [`\ufeff${APPROVED}`, where("?abi <abi/3.0>,", "abi <abi/3.0>,", 1)],
};

describe("policy: the one way to write an AppArmor profile", () => {
    it("is how the approved ones are written", () => {
        const approved = Object.values(approvedTexts("production"));
        for (const text of [APPROVED, edited(" flags=(enforce, attach_disconnected)", ""), ...approved]) {
            const { profile, problems } = parseProfile(text);
            assert.deepEqual([problems, printProfile(profile)], [[], text]);
            assert.deepEqual(deviation(text, profile), []);
        }
    });

    for (const [what, [text, said]] of Object.entries(DEVIATIONS)) {
        it(`isn't with ${what}`, () => {
            assert.deepEqual(parseProfile(text).problems.map(({ is, line }) => `${is} (${String(line)})`), [said]);
        });
    }
});
