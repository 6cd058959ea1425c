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
    readonly live?: boolean;
    readonly found?: readonly string[];
    readonly unjudged?: boolean;
    readonly says?: string;
}

const CASES = parse(readFileSync(path.join(__dirname, "judged.yaml"), "utf8")) as Case[];
const ANYWHERE = applicable(rules, false);
const judged = (text: string, by: readonly Rule[] = ANYWHERE, live = false): Judged => judgeManifests(manifestsOf(text, "f", live), by, postureOf("strictest"));
const pathsIn = (found: Judged): string[] => [...findingsOf(found)].map(({ violation }) => violation.path);

describe("check: what is judged, and what is found", () => {
    for (const { name, text, found = [], live, unjudged = false, says } of CASES) {
        it(`of ${name}`, () => {
            const result = judged(text, ANYWHERE, live);
            assert.deepEqual(pathsIn(result).sort(), [...found].sort());
            assert.equal(unjudgedIn(result).length, unjudged ? 1 : 0);
            const words = says === undefined ? [] : [...findingsOf(result)].map(messageOf);
            assert.ok(words.every((one) => one.includes(says ?? "") && !one.includes("secret")), words.join("\n"));
        });

        it(`of ${name}, under a profile, and where what isn't judged is a violation`, () => {
            const profile = profiles["restricted"] ?? [];
            assert.equal(unjudgedIn(judged(text, profile, live)).length, unjudged ? 1 : 0);
            for (const by of [ANYWHERE, profile]) {
                const strict = judged(text, [...by, notJudged], live);
                assert.deepEqual(unjudgedIn(strict), []);
                assert.equal([...findingsOf(strict)].filter(({ rule }) => rule === notJudged).length, unjudged ? 1 : 0);
            }
        });
    }

    describe("that says itself that it comes from a cluster", () => {
        const claim = (spec: string, annotations = "{}"): string => `apiVersion: v1
kind: Service
metadata: {name: web, namespace: prod, resourceVersion: "123", uid: 00000000-0000-0000-0000-000000000001}
spec: {${spec}, selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: own, namespace: prod, resourceVersion: "7", uid: 00000000-0000-0000-0000-000000000002, annotations: ${annotations}}
automountServiceAccountToken: false
`;
        const CHOSEN = "clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10]";
        const unjudgedPaths = (result: Judged): string[] => unjudgedIn(result).map(({ violation: { path: at } }) => at);

        it("has an address that isn't judged, where nobody asks for more", () => {
            const result = judged(claim(CHOSEN));
            assert.deepEqual([pathsIn(result), unjudgedPaths(result)], [[], ["spec.clusterIP"]]);
        });

        it("has an address that somebody has chosen, where all has to be judged", () => {
            const strict = judged(claim(CHOSEN), [...ANYWHERE, notJudged]);
            assert.deepEqual([pathsIn(strict), unjudgedPaths(strict)], [["spec.clusterIP", "spec.clusterIPs[0]"], []]);
            const ofStack = judged(claim(CHOSEN), applicable(rules, true));
            assert.ok(pathsIn(ofStack).includes("spec.clusterIP"));
        });

        it("has an address that a cluster has chosen, where somebody else says so", () => {
            for (const by of [ANYWHERE, [...ANYWHERE, notJudged]]) {
                const result = judged(claim(CHOSEN), by, true);
                assert.deepEqual([pathsIn(result), unjudgedPaths(result)], [[], []]);
            }
        });

        it("leaves nothing to believe without an address, or under a profile without a rule for it", () => {
            for (const result of [judged(claim("clusterIP: None, clusterIPs: [None]")), judged(claim("type: ClusterIP")), judged(claim(CHOSEN), profiles["restricted"])]) {
                assert.deepEqual([pathsIn(result), unjudgedPaths(result)], [[], []]);
            }
        });

        it("is judged for all else", () => {
            const looser = judged(claim(`type: NodePort, ${CHOSEN}`, '{kubectl.kubernetes.io/last-applied-configuration: "{}"}'));
            assert.deepEqual(pathsIn(looser), ["spec.type", 'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]']);
            assert.deepEqual(unjudgedPaths(looser), ["spec.clusterIP"]);
        });
    });

    it("says so once where the kind itself is refused", () => {
        const [{ text }] = CASES as [Case];
        const result = judged(text, [knownResourceTypes]);
        assert.deepEqual([pathsIn(result), unjudgedIn(result)], [["its type"], []]);
    });
});
