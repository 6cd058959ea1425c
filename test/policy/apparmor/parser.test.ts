import assert from "node:assert/strict";
import { parseProfile } from "../../../policy/model/apparmor/parser";
import { APPROVED, edited, plus } from "./texts";

const HEAD = "profile wikifunctions-evaluator-python flags=(enforce, attach_disconnected) {";

const PROBLEMS: Readonly<Record<string, readonly [text: string, problem: RegExp, line?: number]>> = {
    "an include": [plus("include <abstractions/base>"), /an include/, 16],
    "an include in the older form": [plus("#include <abstractions/base>"), /an include/, 16],
    "an include in quotes": [plus('include "\\q'), /\(include ''q\)/, 16],
    "an include before the profile": [edited("\nprofile", "\ninclude <tunables/global>\nprofile"), /no head/, 2],
    "an include before the abi": [`include <tunables/global>\n${APPROVED}`, /no abi in its first line/],
    "a variable in a path": [plus("@{HOME}/x r,"), /a variable/, 16],
    "a second abi": [plus("abi <abi/4.0>,"), /an abi of another form/, 16],
    "an abi by path": [edited("<abi/3.0>", "/x"), /no abi in its first line/],
    "an abi that leaves gaps": [edited("abi/3.0", "abi/kernel-5.4-vanilla"), /has abi\/kernel-5\.4-vanilla in its first line, not one of abi\/3\.0, abi\/4\.0/],
    "no abi": [edited("abi <abi/3.0>,\n", ""), /no abi in its first line/],
    "a condition": [plus("if defined @{x} { file, }"), /a condition/, 16],
    "a hat": [plus("^x { file, }"), /a hat/, 16],
    "a hat by word": [plus("hat x { file, }"), /a hat/, 16],
    "a profile within": [plus("profile x { file, }"), /a profile of another form/, 16],
    "an alias": [plus("alias /x -> /y,"), /an alias/, 16],
    "an empty rule": [plus(","), /a rule that isn't part/, 16],
    "a rule that isn't known": [plus("file,"), /a rule that isn't part of a plain profile \(file,\)/, 16],
    "a rule over two lines": [plus("deny network\n  raw,"), /a rule that isn't part/, 16],
    "a second rule in a line": [plus("/x r, /y r,"), /a rule that isn't part/, 16],
    "a comment behind a rule": [plus("/x r, # y"), /a rule that isn't part/, 16],
    "letters that a reviewer can't see": [plus("/x\u202e r,"), /\(\/x\? r,\)/, 16],
    "more of a line than a message repeats": [plus(`/${"x".repeat(100)} ux,`), /\(\/x{79}\)$/, 16],
    "a second profile": [`${APPROVED}profile x { file, }\n`, /a profile of another form/, 17],
    "a second end": [`${APPROVED}}\n`, /an end of another form/, 17],
    "something behind its end": [edited("  deny capability,\n", "  }\n"), /a rule that isn't part/, 14],
    "an attachment": [edited(HEAD, HEAD.replace(" flags", " /usr/bin/x flags")), /no head/, 2],
    "flags in the older form": [edited("flags=(", "("), /no head/],
    "a flag with a value": [edited("enforce,", "enforce, attach_disconnected.path=/x,"), /no head/],
    "attributes": [edited("flags=(", "xattrs=(a=b) flags=("), /no head/],
    "a namespace": [edited("profile wiki", "profile :x:wiki"), /no head/],
    "a name in quotes": [edited("profile wikifunctions-evaluator-python", 'profile "x"'), /no head/],
    "no word profile": [edited("profile wiki", "wiki"), /no head/],
    "no end": [APPROVED.replace(/\}\n$/, ""), /no end/],
    "nothing": ["", /no head/],
    "a flag twice": [edited("enforce,", "enforce, enforce,"), /has the flag enforce more than once/, 2],
    "flags that contradict each other": [edited("enforce,", "enforce, kill,"), /has the flags enforce and kill, which contradict/, 2],
    "a contradiction in paths": [edited("enforce,", "enforce, no_attach_disconnected,"), /has the flag no_attach_disconnected/, 2],
};
const FLAGS = ["complain", "unconfined", "default_allow", "prompt", "audit", "chroot_relative", "namespace_relative", "delegate_deleted", "interruptible", "debug"];

describe("policy: AppArmor's profiles", () => {
    it("are read whole", () => {
        const { profile, problems } = parseProfile(APPROVED);
        assert.deepEqual(problems, []);
        assert.deepEqual([profile.name, profile.abi, profile.flags, profile.rules.length], ["wikifunctions-evaluator-python", "abi/3.0", ["enforce", "attach_disconnected"], 13]);
        assert.deepEqual([profile.rules[0]?.line, profile.rules.at(-1)?.line], [3, 15]);
    });

    for (const flags of ["", " flags=(enforce)", " flags=(kill)", " flags=(kill, attach_disconnected, mediate_deleted)", " flags=(mediate_deleted)"]) {
        it(`may have ${flags === "" ? "no flags" : `the${flags}`}`, () => {
            assert.deepEqual(parseProfile(edited(" flags=(enforce, attach_disconnected)", flags)).problems, []);
        });
    }

    for (const flag of FLAGS) {
        it(`may not have the flag ${flag}`, () => {
            assert.deepEqual(parseProfile(edited("enforce", flag)).problems, [{ is: `has the flag ${flag}`, line: 2 }]);
        });
    }

    it("may have the other abi", () => {
        assert.deepEqual(parseProfile(edited("abi/3.0", "abi/4.0")).problems, []);
    });

    for (const [what, [text, problem, line]] of Object.entries(PROBLEMS)) {
        it(`are refused with ${what}`, () => {
            const { problems } = parseProfile(text);
            const found = problems.find(({ is }) => problem.test(is));
            assert.ok(found !== undefined, JSON.stringify(problems));
            assert.equal(found.line, line ?? found.line);
        });
    }
});
