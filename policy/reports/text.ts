import { moreInWords } from "../judge";
import { groupBy } from "../model/group";
import { subject } from "../model/message";
import { isKnownKind } from "../model/kinds";
import { printable } from "../model/printable";
import type { Finding, Judged } from "../manifests/judge";
import { kindInWords } from "../manifests/not-judged";
import { count, findingsIn, subjectOf, unjudgedIn } from "./words";

/** Puts colour on a text, or nothing where there is no terminal. */
export type Paint = (style: "red" | "green" | "bold" | "yellow", text: string) => string;

/** For people: by file and object, each violation with its rule, what is and must be, why, and how to mend it; then what wasn't judged. */
export function* text(judged: Judged, paint: Paint): Generator<string> {
    let file: string | undefined;
    for (const { manifest, findings } of judged.manifests.filter((each) => each.findings.length > 0)) {
        const start = manifest.placeOf("");
        if (start.file !== file) {
            file = start.file;
            yield `${paint("bold", printable(file))}\n`;
        }
        yield `  ${paint("bold", subject(manifest.resource))} (line ${String(start.line)})\n`;
        yield* paragraphs(findings, paint);
    }
    if (judged.stack.length > 0) {
        yield `${paint("bold", "The stack")}\n`;
        yield* paragraphs(judged.stack, paint);
    }
    const isKnown = ({ manifest }: Finding): boolean => manifest !== undefined && isKnownKind(manifest.resource);
    yield* unknownKinds(unjudgedIn(judged).filter((finding) => !isKnown(finding)), paint);
    yield* believed(unjudgedIn(judged).filter(isKnown), paint);
    yield summary(judged, paint);
}

/** Findings of one rule stand together, so that its reasons are told once. */
function* paragraphs(findings: readonly Finding[], paint: Paint): Generator<string> {
    for (const same of groupBy(findings, ({ rule }) => [rule.name]).values()) {
        const [{ rule }] = same as [Finding];
        const severity = paint(rule.severity === "medium" ? "yellow" : "red", rule.severity);
        yield `    ${severity}  ${paint("bold", rule.name)}\n`;
        for (const finding of same) {
            yield `${line(finding)}\n`;
        }
        yield `      Why: ${rule.rationale}\n      Fix: ${rule.remediation}\n`;
    }
}

function line(finding: Finding): string {
    const { violation: { path, is, must }, place } = finding;
    const where = place === undefined ? "" : `${String(place.line)}:${String(place.column)}  `;
    return `      ${where}${printable(`${path} is ${is}; it must be ${must}`)}.${moreInWords(finding)}`;
}

/** A line for each kind, because there may be thousands of objects of it. */
function* unknownKinds(unjudged: readonly Finding[], paint: Paint): Generator<string> {
    if (unjudged.length > 0) {
        yield `${paint("yellow", "Not judged")}, because no rule knows the kind:\n`;
    }
    for (const same of groupBy(unjudged, ({ manifest }) => [manifest === undefined ? "" : kindInWords(manifest.resource)]).values()) {
        const [first] = same as [Finding];
        const { manifest, place } = first;
        const where = place === undefined ? "" : ` (${printable(place.file)}:${String(place.line)})`;
        const kind = manifest === undefined ? "" : printable(kindInWords(manifest.resource));
        yield `  ${kind}: ${same.length === 1 ? "" : `${count(same.length, "object")}, the first `}${subjectOf(first)}${where}\n`;
    }
}

/** The first of them, because there may be thousands of objects like it. */
function* believed(unjudged: readonly Finding[], paint: Paint): Generator<string> {
    const [first] = unjudged;
    if (first?.place !== undefined) {
        const { place: { file, line: number }, violation: { path } } = first;
        yield `${paint("yellow", "Not judged")}, because the object says that a cluster has chosen it (--live believes that, --strict doesn't):\n`;
        yield `  ${unjudged.length === 1 ? "" : `${count(unjudged.length, "object")}, the first `}${subjectOf(first)}: ${path} (${printable(file)}:${String(number)})\n`;
    }
}

function summary(judged: Judged, paint: Paint): string {
    const faulty = judged.manifests.filter(({ findings }) => findings.length > 0).length;
    const [total, unjudged] = [findingsIn(judged), unjudgedIn(judged).length];
    const objects = count(judged.manifests.length - (total === 0 ? unjudged : 0), "object");
    const verdict = total === 0 ? `${paint("green", "No violations")} in ${objects}` : `${paint("red", count(total, "violation"))} in ${faulty.toLocaleString("en")} of ${objects}`;
    const rest = unjudged === 0 ? "" : `; ${paint("yellow", `${count(unjudged, "object")} not judged`)}`;
    return `${verdict}, by ${count(judged.rules.length, "rule")}${rest}.\n`;
}
