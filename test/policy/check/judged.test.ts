import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { applicable, judgeManifests, type Judged } from "../../../policy/manifests/judge";
import { notJudged } from "../../../policy/manifests/not-judged";
import { postureOf } from "../../../policy/posture/files";
import { profiles } from "../../../policy/profiles/profiles";
import { findingsOf, messageOf, unjudgedIn } from "../../../policy/reports/words";
import { rules } from "../../../policy/rules/index";
import { knownResourceTypes } from "../../../policy/rules/known-resource-types";
import type { Rule } from "../../../policy/rules/rule";
import { manifestsOf } from "./manifests";

interface Case {
    readonly name: string;
    readonly text: string;
    readonly found?: readonly string[];
    readonly unjudged?: boolean;
    readonly says?: string;
}

const CASES = parse(readFileSync(path.join(__dirname, "judged.yaml"), "utf8")) as Case[];
const judged = (text: string, by: readonly Rule[] = applicable(rules, false)): Judged => judgeManifests(manifestsOf(text), by, postureOf("strictest"));
const pathsIn = (found: Judged): string[] => [...findingsOf(found)].map(({ violation }) => violation.path);

describe("check: what is judged, and what is found", () => {
    for (const { name, text, found = [], unjudged = false, says } of CASES) {
        it(`of ${name}`, () => {
            const result = judged(text);
            assert.deepEqual(pathsIn(result).sort(), [...found].sort());
            assert.equal(unjudgedIn(result).length, unjudged ? 1 : 0);
            const words = says === undefined ? [] : [...findingsOf(result)].map(messageOf);
            assert.ok(words.every((one) => one.includes(says ?? "") && !one.includes("secret")), words.join("\n"));
        });

        it(`of ${name}, under a profile, and where what isn't judged is a violation`, () => {
            const profile = profiles["restricted"] ?? [];
            assert.equal(unjudgedIn(judged(text, profile)).length, unjudged ? 1 : 0);
            for (const by of [applicable(rules, false), profile]) {
                const strict = judged(text, [...by, notJudged]);
                assert.deepEqual(unjudgedIn(strict), []);
                assert.equal([...findingsOf(strict)].filter(({ rule }) => rule === notJudged).length, unjudged ? 1 : 0);
            }
        });
    }

    it("says so once where the kind itself is refused", () => {
        const [{ text }] = CASES as [Case];
        const result = judged(text, [knownResourceTypes]);
        assert.deepEqual([pathsIn(result), unjudgedIn(result)], [["its type"], []]);
    });
});
