import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import type { Log } from "sarif";
import { convert } from "xmlbuilder2";
import { rules } from "../../../policy/rules/index";
import { applicable, judgeManifests, type Judged } from "../../../policy/manifests/judge";
import { postureOf } from "../../../policy/posture/files";
import { json } from "../../../policy/reports/json";
import { junit } from "../../../policy/reports/junit";
import { sarif } from "../../../policy/reports/sarif";
import { text } from "../../../policy/reports/text";
import { findingsIn } from "../../../policy/reports/words";
import { TOLD } from "../../../policy/judge";
import { BAD, BAD_LINE, GOOD, manifestsOf } from "./manifests";

const SCHEMA = path.resolve(__dirname, "../../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");

function judged(files: Readonly<Record<string, string>>, stack?: string): Judged {
    const manifests = Object.entries(files).flatMap(([file, contents]) => manifestsOf(contents, file));
    return judgeManifests(manifests, applicable(rules, stack !== undefined), postureOf(stack ?? "strictest"));
}
const all = (parts: Iterable<string>): string => [...parts].join("");

const CLAIM = 'apiVersion: v1\nkind: Service\nmetadata: {name: s, uid: x, resourceVersion: "1"}\nspec: {clusterIP: 192.0.2.1, selector: {a: b}}\n';
const ROLLOUT = "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: r, namespace: prod}\nspec: {}\n";
/** Controls of terminals and of pipelines, directions of writing, and what isn't seen. */
const HIDDEN = "\u001b[2K\n::stop-commands::x\r\u007f\u009b\u0085\u200b\u202e\u2028\u2066\u3164\ufeff\u{e0041}";
/** The same in every place that a report repeats. */
const HIDING = [BAD.replace("name: bad", `name: ${JSON.stringify(HIDDEN)}`).replace("  namespace: prod\n", `  namespace: prod\n  annotations: {${JSON.stringify(HIDDEN)}: x}\n`), ROLLOUT.replace("Rollout", JSON.stringify(HIDDEN))].join("---\n");
/** Names with everything that XML, JSON, URIs and terminals give a meaning to. */
const NASTY = BAD.replace("image: registry.example.org/good:1", 'image: "]]><b>&\\u0001\\e[31m"').replace("name: bad", "name: \"<x>&'\\\"\"");

describe("check: SARIF", () => {
    const validate = addFormats(new AjvDraft04({ strict: false, unicodeRegExp: false })).compile<Log>(JSON.parse(readFileSync(SCHEMA, "utf8")) as object);
    const log = (result: Judged): Log => {
        const value: unknown = JSON.parse(all(sarif(result, "1.2.3")));
        assert.ok(validate(value), JSON.stringify(validate.errors));
        return value;
    };

    it("is refused by the official schema when it isn't SARIF", () => {
        assert.equal(validate({ version: "2.1.0", runs: [{ results: [] }] }), false);
    });

    it("points at the line, and says of each rule what it is and how bad", () => {
        const [run] = log(judged({ "a b/bad.yaml": BAD })).runs;
        const [result, ...others] = run?.results ?? [];
        assert.equal(others.length, 0);
        assert.equal(result?.level, "error");
        assert.deepEqual(result?.locations?.[0]?.physicalLocation, { artifactLocation: { uri: "a%20b/bad.yaml" }, region: { startLine: BAD_LINE, startColumn: 9 } });
        const rule = run?.tool.driver.rules?.[result?.ruleIndex ?? -1];
        assert.equal(rule?.id, "no-privileged-containers");
        assert.equal(rule?.id, result?.ruleId);
        assert.equal(rule?.properties?.["security-severity"], "9.5");
        assert.match(rule?.help?.markdown ?? "", /\*\*Fix:\*\* Remove privileged/);
    });

    it("is valid for nothing wrong, for what is missing from a stack, and for names that mean something elsewhere", () => {
        assert.deepEqual(log(judged({ "good.yaml": GOOD })).runs[0]?.results, []);
        assert.deepEqual(log(judged({ "r.yaml": ROLLOUT })).runs[0]?.results?.map(({ ruleId, kind, level }) => [ruleId, kind, level]), [["not-judged", "open", "none"]]);
        const missing = log(judged({ "good.yaml": GOOD }, "local")).runs[0]?.results?.filter(({ ruleId }) => ruleId === "required-resources") ?? [];
        assert.ok(missing.length > 3 && missing.every(({ locations }) => locations?.[0]?.physicalLocation === undefined));
        log(judged({ "-": NASTY, "/tmp/x y.yaml": NASTY, "../z.yaml": NASTY }, "local"));
    });

    it("has levels from severities", () => {
        const levels = new Map((log(judged({ "f.yaml": GOOD.replace("ephemeral-storage: 64Mi}\n        limits", "x: 1}\n        limits") })).runs[0]?.results ?? []).map(({ ruleId, level }) => [ruleId, level]));
        assert.deepEqual([levels.get("ephemeral-storage-limits"), levels.get("no-devices")], ["warning", "error"]);
    });

    it("knows a violation again when lines have moved, and tells two apart", () => {
        const prints = (contents: string): string[] => (log(judged({ "f.yaml": contents })).runs[0]?.results ?? []).map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
        const two = BAD.replace("        privileged: yes\n", "        privileged: yes\n        procMount: Unmasked\n");
        assert.deepEqual(prints(`# moved\n${two}`), prints(two));
        assert.equal(new Set(prints(two)).size, 2);
    });
});

interface Suite {
    readonly testsuites: {
        readonly "@tests": string;
        readonly "@failures": string;
        readonly testsuite: { readonly "@name": string; readonly testcase: { readonly "@name": string; readonly failure?: { readonly "@message": string; readonly "#": string } } }[];
    };
}

describe("check: JUnit", () => {
    it("has a case per object, with the violations as its failure", () => {
        const { testsuites } = convert(all(junit(judged({ "bad.yaml": BAD, "good.yaml": GOOD }))), { format: "object" }) as unknown as Suite;
        assert.deepEqual([testsuites["@tests"], testsuites["@failures"]], ["2", "1"]);
        const [bad, good] = testsuites.testsuite;
        assert.equal(bad?.testcase.failure?.["@message"], "1 violation: no-privileged-containers");
        assert.match(bad?.testcase.failure?.["#"] ?? "", new RegExp(`^bad\\.yaml:${String(BAD_LINE)}:9: critical no-privileged-containers: Pod prod/bad: `));
        assert.deepEqual([good?.["@name"], good?.testcase["@name"], good?.testcase.failure], ["good.yaml", "Pod prod/good (line 1)", undefined]);
    });

    it("is well-formed XML whatever files and fields are called", () => {
        const xml = all(junit(judged({ '<&"\u0001>.yaml': NASTY }, "local")));
        convert(xml);
        // eslint-disable-next-line no-control-regex
        assert.doesNotMatch(xml, /[\0-\x08\x0b\x0c\x0e-\x1f]/);
    });

    it("has a suite for what is missing from the stack", () => {
        assert.match(all(junit(judged({ "good.yaml": GOOD }, "local"))), /<testsuite name="the stack" tests="1" failures="1"/);
    });
});

const FORMATS: Readonly<Record<string, (result: Judged) => string>> = {
    text: (result) => all(text(result, (_, words) => words)),
    json: (result) => all(json(result)),
    sarif: (result) => all(sarif(result, "1.2.3")),
    junit: (result) => all(junit(result)),
};

describe("check: every format", () => {
    for (const [format, print] of Object.entries(FORMATS)) {
        it(`has nothing hidden in it, whatever files and objects are called, as ${format}`, () => {
            const report = print(judged({ [`a${HIDDEN}b`]: HIDING, "good.yaml": GOOD }));
            assert.doesNotMatch(report.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u3164]/u);
            assert.doesNotMatch(report, /^::/m);
            assert.match(report, /\\u001b\[2K/);
        });

        it(`tells what isn't judged, as ${format}`, () => {
            assert.match(print(judged({ "r.yaml": ROLLOUT })), /not.judged/i);
            assert.match(print(judged({ "s.yaml": CLAIM })), /not.judged[^]*Service s[^]*spec\.clusterIP/i);
            assert.doesNotMatch(print(judged({ "good.yaml": GOOD })), /not.judged/i);
        });

        it(`tells the first findings of one kind and how many more there are, as ${format}`, () => {
            const containers = (count: number): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostPID: true\n  containers:\n${"  - {securityContext: {privileged: true}}\n".repeat(count)}`;
            const told = (count: number): string => print(judged({ "f.yaml": containers(count) }));
            assert.match(told(TOLD + 1234), /And 1,234 more of this rule here\./);
            assert.doesNotMatch(told(TOLD + 1234), /containers\[100\]/);
            assert.match(told(TOLD + 1234), /hostPID/);
            assert.doesNotMatch(told(TOLD / 5), /more of this rule/);
        });
    }

    it("counts what isn't told too", () => {
        const result = judged({ "f.yaml": `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n${"  - {}\n".repeat(500)}` });
        const [one] = [judged({ "f.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {}\n" })].map(findingsIn);
        const ofPod = findingsIn(judged({ "f.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}\n" }));
        assert.equal(findingsIn(result), ofPod + 500 * ((one ?? 0) - ofPod));
    });

    it("names files as they are, for programs that read JSON", () => {
        const [found] = JSON.parse(all(json(judged({ [HIDDEN]: BAD })))) as [{ readonly file: string }];
        assert.equal(found.file, HIDDEN);
    });

    it("tells apart why something isn't judged", () => {
        const report = all(text(judged({ "s.yaml": CLAIM, "t.yaml": CLAIM, "r.yaml": ROLLOUT, "good.yaml": GOOD }), (_, words) => words));
        assert.equal(report, ["Not judged, because no rule knows the kind:", "  Rollout of argoproj.io/v1alpha1: Rollout prod/r (r.yaml:1)",
            "Not judged, because the object says that a cluster has chosen it (--live believes that, --strict doesn't):", "  2 objects, the first Service s: spec.clusterIP (s.yaml:4)",
            `No violations in 1 object, by ${String(applicable(rules, false).length)} rules; 3 objects not judged.`, ""].join("\n"));
    });

    it("counts what isn't judged among no objects without violations", () => {
        assert.match(FORMATS["text"]?.(judged({ "r.yaml": ROLLOUT, "good.yaml": GOOD })) ?? "", /\n {2}Rollout of argoproj\.io\/v1alpha1: Rollout prod\/r \(r\.yaml:1\)\nNo violations in 1 object, by \d+ rules; 1 object not judged\.\n$/);
        assert.match(FORMATS["junit"]?.(judged({ "r.yaml": ROLLOUT })) ?? "", /<testsuite name="r\.yaml" tests="1" failures="0" errors="0" skipped="1">\s*<testcase [^>]*>\s*<skipped /);
    });
});

describe("check: text and JSON", () => {
    it("put colour on where they're told to only", () => {
        assert.match(all(text(judged({ f: BAD }), (style, words) => `<${style}>${words}</>`)), /<red>critical<\/> {2}<bold>no-privileged-containers<\/>/);
    });

    it("hold no escape that a file brings along", () => {
        for (const report of [all(text(judged({ f: NASTY }, "local"), (_, words) => words)), all(json(judged({ f: NASTY }, "local")))]) {
            // eslint-disable-next-line no-control-regex
            assert.doesNotMatch(report, /[\0-\x08\x0b-\x1f]/);
        }
    });
});

describe("check: which rules apply", () => {
    it("judges without a stack by no rule that looks at a posture", () => {
        const postures = ["strictest", "local"].map((stack) => postureOf(stack));
        for (const rule of applicable(rules, false)) {
            assert.equal(rule.scope, "resource", rule.name);
        }
        const judgements = postures.map((posture) => judgeManifests(judged({ f: NASTY, g: "apiVersion: v1\nkind: Namespace\nmetadata: {name: wikifunctions}\n", h: `${GOOD.replace("namespace: prod", "namespace: wikifunctions").replace("name: good", "name: orchestrator")}` }).manifests.map(({ manifest }) => manifest), applicable(rules, false), posture));
        assert.deepEqual(...(judgements.map((one) => JSON.parse(all(json(one))) as unknown) as [unknown, unknown]));
    });
});
