import assert from "node:assert/strict";
import { parseProfile } from "../../../policy/model/apparmor/parser";
import { deviation, printProfile } from "../../../policy/model/apparmor/print";
import { postureOf } from "../../../policy/posture/posture";
import { APPROVED, edited, plus } from "./texts";

/** Texts that say the same to a reader, and what is said of each. */
const DEVIATIONS: Readonly<Record<string, readonly [text: string, said: string]>> = {
    "a comment before the profile": [`# Approved.\n${APPROVED}`, "has '# Approved.' where it must have 'abi <abi/3.0>,' (1)"],
    "a comment within it": [plus("# /x r,"), "has '  # /x r,' where it must have '}' (16)"],
    "an empty line": [edited("abi <abi/3.0>,\n", "abi <abi/3.0>,\n\n"), "has an empty line where it must have 'profile wikifunctions-evaluator-python flags=(enforce, attach_disconnected) {' (2)"],
    "an empty line behind it": [`${APPROVED}\n`, "has an empty line where it must have no line (18)"],
    "no end of its last line": [APPROVED.slice(0, -1), "has no line where it must have an empty line (17)"],
    "a tab": [edited("  /dev/null", "\t/dev/null"), "has '?/dev/null rw,' where it must have '  /dev/null rw,' (6)"],
    "another indentation": [edited("  /dev/null", "    /dev/null"), "has '    /dev/null rw,' where it must have '  /dev/null rw,' (6)"],
    "two spaces": [edited("/dev/null rw", "/dev/null  rw"), "has '  /dev/null  rw,' where it must have '  /dev/null rw,' (6)"],
    "a space behind a rule": [edited("/dev/null rw,", "/dev/null rw, "), "has '  /dev/null rw, ' where it must have '  /dev/null rw,' (6)"],
    "a carriage return": [edited("/dev/null rw,", "/dev/null rw,\r"), "has '  /dev/null rw,?' where it must have '  /dev/null rw,' (6)"],
    "another order of letters": [edited("/dev/null rw", "/dev/null wr"), "has '  /dev/null wr,' where it must have '  /dev/null rw,' (6)"],
    "another order of a list": [edited("(send, receive)", "(receive, send)"), "has '  signal (receive, send) peer=@{profile_name},' where it must have '  signal (send, receive) peer=@{profile_name},' (11)"],
    "another order of flags": [edited("(enforce, attach_disconnected)", "(attach_disconnected, enforce)"), "has 'profile wikifunctions-evaluator-python flags=(attach_disconnected, enforce) {' where it must have 'profile wikifunctions-evaluator-python flags=(enforce, attach_disconnected) {' (2)"],
    "a mark of the byte order": [`\ufeff${APPROVED}`, "has '?abi <abi/3.0>,' where it must have 'abi <abi/3.0>,' (1)"],
};

describe("policy: the one way to write an AppArmor profile", () => {
    it("is how the approved ones are written", () => {
        for (const text of [APPROVED, edited(" flags=(enforce, attach_disconnected)", ""), ...Object.values(postureOf("production").profiles)]) {
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
