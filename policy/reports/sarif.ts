import { createHash } from "node:crypto";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { printableJson } from "../model/printable";
import { STDIN } from "../manifests/files";
import type { Finding, Judged } from "../manifests/judge";
import { notJudged } from "../manifests/not-judged";
import type { Severity } from "../model/violation";
import type { Rule } from "../rules/rule";
import { findingsOf, messageOf, subjectOf, unjudgedIn } from "./words";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const LEVELS: Readonly<Record<Severity, "error" | "warning">> = { critical: "error", high: "error", medium: "warning" };
/** Scores by which code scanning sorts alerts. */
const SCORES: Readonly<Record<Severity, string>> = { critical: "9.5", high: "8.0", medium: "5.5" };

/** What an object is to SARIF that no rule has looked into: no failure, but nothing that could be told either. */
const OPEN = { kind: "open", level: "none" } as const;

/**
 * SARIF 2.1.0, result by result, because all of them may be more than one string can hold. Objects that no rule knows are results of kind
 * `open` under `not-judged`.
 */
export function* sarif(judged: Judged, version: string): Generator<string> {
    const unjudged = unjudgedIn(judged);
    const rules = unjudged.length === 0 ? judged.rules : [...judged.rules, notJudged];
    const driver = { name: "wikifunctions-policy", version, rules: rules.map(descriptor) };
    const run = JSON.stringify({ tool: { driver }, columnKind: "utf16CodeUnits" });
    yield `{"$schema":${JSON.stringify(SCHEMA)},"version":"2.1.0","runs":[${run.slice(0, -1)},"results":[`;
    const indexes = new Map(rules.map((rule, index) => [rule, index]));
    const line = (finding: Finding, verdict: object = {}): string => printableJson(JSON.stringify({ ...result(finding, indexes.get(finding.rule) ?? -1), ...verdict }));
    let separator = "\n";
    for (const finding of findingsOf(judged)) {
        yield separator + line(finding);
        separator = ",\n";
    }
    for (const finding of unjudged) {
        yield separator + line(finding, OPEN);
        separator = ",\n";
    }
    yield "\n]}]}\n";
}

function descriptor(rule: Rule): object {
    return {
        id: rule.name,
        shortDescription: { text: rule.description },
        fullDescription: { text: `${rule.description} ${rule.rationale}` },
        help: { text: `${rule.rationale} ${rule.remediation}`, markdown: [rule.rationale, `**Fix:** ${rule.remediation}`, ...rule.references.map((reference) => `- ${reference}`)].join("\n\n") },
        helpUri: rule.references[0],
        defaultConfiguration: { level: LEVELS[rule.severity] },
        properties: { tags: ["security", ...rule.measures], precision: "very-high", "problem.severity": LEVELS[rule.severity], "security-severity": SCORES[rule.severity] },
    };
}

function result(finding: Finding, ruleIndex: number): object {
    const { rule, violation, place } = finding;
    const name = `${subjectOf(finding)}: ${violation.path}`;
    const region = place === undefined ? {} : { physicalLocation: { artifactLocation: { uri: uriOf(place.file) }, region: { startLine: place.line, startColumn: place.column } } };
    return {
        ruleId: rule.name,
        ruleIndex,
        level: LEVELS[rule.severity],
        message: { text: messageOf(finding) },
        locations: [{ ...region, logicalLocations: [{ fullyQualifiedName: name, kind: "member" }] }],
        // Stays the same when lines move, so that an alert is known again.
        partialFingerprints: { "violation/v1": createHash("sha256").update(JSON.stringify([rule.name, place?.file, name])).digest("hex") },
    };
}

/** Relative to where the user stands, as code scanning wants it; a file elsewhere by its whole address. */
function uriOf(file: string): string {
    if (file === STDIN) {
        return "stdin";
    }
    const relative = path.normalize(file);
    return path.isAbsolute(relative) || relative.startsWith("..") ? pathToFileURL(path.resolve(file)).href : relative.split(path.sep).map(encodeURIComponent).join("/");
}
