import assert from "node:assert/strict";
import { parseProfile } from "../../../policy/model/apparmor/parser";
import { APPROVED, edited, plus } from "./texts";

const HEAD = "profile wikifunctions-evaluator-python flags=(enforce, attach_disconnected) {";

const PROBLEMS: Readonly<Record<string, readonly [text: string, problem: RegExp, line?: number]>> = {
    "an include": [plus("include <abstractions/base>"), /an include/, 18],
    "an include in the older form": [plus("#include <abstractions/base>"), /an include/, 18],
    "an include in quotes": [plus('include "\\q'), /\(include ''q\)/, 18],
    "an include that may be missing": [plus("include if exists <local/x>"), /an include/, 18],
    "an include before the profile": [edited("\nprofile", "include <tunables/global>\nprofile"), /an include/, 3],
    "a variable before the profile": [edited("\nprofile", "@{x} = /\n\nprofile"), /a variable|no head/],
    "a variable in a path": [plus("@{HOME}/x r,"), /a variable/, 18],
    "an alias": [edited("\nprofile", "alias /x -> /y,\nprofile"), /an alias/, 3],
    "a second abi": [edited("\nprofile", "abi <abi/4.0>,\nprofile"), /more than one abi/],
    "an abi behind another word": [edited("abi <abi/3.0>", "x abi <abi/3.0>"), /something/, 2],
    "something behind an abi": [edited("<abi/3.0>", "<abi/3.0> x"), /an abi that can't be read/, 2],
    "an abi by path": [edited("abi <abi/3.0>", "abi /x"), /an abi that can't be read/, 2],
    "a condition": [plus("if defined @{x} { file, }"), /a condition/, 18],
    "a hat": [plus("^x { file, }"), /a hat/, 18],
    "a hat by word": [plus("hat x { file, }"), /a hat/, 18],
    "a profile within": [plus("profile x { file, }"), /a profile of another form/, 18],
    "an empty rule": [plus(","), /a rule that can't be read/, 18],
    "a block without a word": [plus("{ /x r, }"), /something/, 18],
    "a brace before the profile": [edited("\nprofile", "}\nprofile"), /something/, 3],
    "a block before the profile": [edited("\nprofile", "x { }\nprofile"), /no head/],
    "an abi in the place of the head": [edited(HEAD, "abi <abi/4.0> {"), /no head/],
    "a block of denies": [plus("deny { /x r, }"), /something/, 18],
    "letters that a reviewer can't see, even in a comment": [edited("# Approved.", "# \u202e"), /printable/, 1],
    "a quote": [plus('"/x" r,'), /quote/, 18],
    "a second profile": [`${APPROVED}profile x { file, }\n`, /a profile of another form/, 19],
    "something behind the profile": [`${APPROVED}}\n`, /something/, 19],
    "an attachment": [edited(HEAD, HEAD.replace(" flags", " /usr/bin/x flags")), /no head/],
    "flags in the older form": [edited("flags=(", "("), /no head/],
    "a flag with a value": [edited("enforce,", "enforce, attach_disconnected.path=/x,"), /no head/],
    "a namespace": [edited("profile wiki", "profile :x:wiki"), /no head/],
    "no word profile": [edited("profile wiki", "wiki"), /no head/],
    "no end": [APPROVED.replace(/\}\n$/, ""), /no end/],
    "nothing": ["", /no head/],
};

describe("policy: AppArmor's profiles", () => {
    it("are read whole", () => {
        const { profile, problems } = parseProfile(APPROVED);
        assert.deepEqual(problems, []);
        assert.deepEqual([profile.name, profile.abi, profile.flags, profile.rules.length], ["wikifunctions-evaluator-python", "abi/3.0", ["enforce", "attach_disconnected"], 13]);
        assert.deepEqual([profile.rules[0]?.line, profile.rules.at(-1)?.line], [5, 17]);
    });

    it("may have no flags", () => {
        assert.deepEqual(parseProfile(edited(" flags=(enforce, attach_disconnected)", "")).profile.flags, []);
        assert.deepEqual(parseProfile(edited(" flags=(enforce, attach_disconnected)", "")).problems, []);
    });

    for (const rule of ["/usr/include/** r", "/srv/if r", "/srv/else r", "/srv/hat r", "/srv/profile r", "/srv/alias r", "/srv/abi r", "iffy", "hats", "profiles", "aliases", "abis"]) {
        it(`may have the rule ${rule}`, () => {
            const { profile, problems } = parseProfile(plus(`${rule},`));
            assert.deepEqual([profile.rules.length, problems], [14, []]);
        });
    }

    for (const [what, [text, problem, line]] of Object.entries(PROBLEMS)) {
        it(`are refused with ${what}`, () => {
            const { problems } = parseProfile(text);
            const found = problems.find(({ is }) => problem.test(is));
            assert.ok(found !== undefined, JSON.stringify(problems));
            assert.equal(found.line, line ?? found.line);
        });
    }
});
