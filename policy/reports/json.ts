import type { Finding, Judged } from "../manifests/judge";
import { printableJson } from "../model/printable";
import { findingsOf, messageOf, subjectOf, unjudgedIn } from "./words";

/**
 * A list with one object per violation, each on a line of its own, so that both a JSON parser and grep can read it. Objects that no rule
 * knows come last, under `not-judged` and of no severity; more violations of one rule in one object than are told are counted in `more`.
 */
export function* json(judged: Judged): Generator<string> {
    let separator = "[\n";
    for (const finding of findingsOf(judged)) {
        yield separator + line(finding);
        separator = ",\n";
    }
    for (const finding of unjudgedIn(judged)) {
        yield separator + line(finding, "none");
        separator = ",\n";
    }
    yield separator === "[\n" ? "[]\n" : "\n]\n";
}

function line(finding: Finding, severity: string = finding.rule.severity): string {
    const { rule, violation, place, more } = finding;
    return printableJson(JSON.stringify({
        rule: rule.name,
        measure: rule.measures[0],
        measures: rule.measures,
        severity,
        resource: subjectOf(finding),
        path: violation.path,
        message: messageOf(finding),
        remediation: rule.remediation,
        more,
        ...place,
    }));
}
