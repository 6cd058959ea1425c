import { subject } from "../model/message";
import type { Finding, Judged } from "../manifests/judge";
import type { Rule } from "../rules/rule";
import { count, findingsIn } from "./words";

/** Puts colour on a text, or nothing where there is no terminal. */
export type Paint = (style: "red" | "green" | "bold" | "yellow", text: string) => string;

/** For people: by file and object, each violation with its rule, what is and must be, why, and how to mend it. */
export function* text(judged: Judged, paint: Paint): Generator<string> {
    let file: string | undefined;
    for (const { manifest, findings } of judged.manifests.filter((each) => each.findings.length > 0)) {
        const start = manifest.placeOf("");
        if (start.file !== file) {
            file = start.file;
            yield `${paint("bold", file)}\n`;
        }
        yield `  ${paint("bold", subject(manifest.resource))} (line ${String(start.line)})\n`;
        yield* paragraphs(findings, paint);
    }
    if (judged.stack.length > 0) {
        yield `${paint("bold", "The stack")}\n`;
        yield* paragraphs(judged.stack, paint);
    }
    yield summary(judged, paint);
}

/** Findings of one rule stand together, so that its reasons are told once. */
function* paragraphs(findings: readonly Finding[], paint: Paint): Generator<string> {
    const byRule = new Map<Rule, Finding[]>();
    for (const finding of findings) {
        byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
    }
    for (const [rule, same] of byRule) {
        const severity = paint(rule.severity === "medium" ? "yellow" : "red", rule.severity);
        yield [`    ${severity}  ${paint("bold", rule.name)}`, ...same.map(line), `      Why: ${rule.rationale}`, `      Fix: ${rule.remediation}`, ""].join("\n");
    }
}

function line({ violation: { path, is, must }, place }: Finding): string {
    const where = place === undefined ? "" : `${String(place.line)}:${String(place.column)}  `;
    return `      ${where}${path} is ${is}; it must be ${must}.`;
}

function summary(judged: Judged, paint: Paint): string {
    const faulty = judged.manifests.filter(({ findings }) => findings.length > 0).length;
    const objects = count(judged.manifests.length, "object");
    const total = findingsIn(judged);
    const by = `by ${count(judged.rules.length, "rule")}`;
    return total === 0
        ? `${paint("green", "No violations")} in ${objects}, ${by}.\n`
        : `${paint("red", count(total, "violation"))} in ${faulty.toLocaleString("en")} of ${objects}, ${by}.\n`;
}
