import { message } from "../model/message";
import type { Finding, Judged } from "../manifests/judge";
import { findingsOf, subjectOf } from "./words";

/** A list with one object per violation, each on a line of its own, so that both a JSON parser and grep can read it. */
export function* json(judged: Judged): Generator<string> {
    let separator = "[\n";
    for (const finding of findingsOf(judged)) {
        yield separator + JSON.stringify(toObject(finding));
        separator = ",\n";
    }
    yield separator === "[\n" ? "[]\n" : "\n]\n";
}

function toObject(finding: Finding): object {
    const { rule, violation, manifest, place } = finding;
    return {
        rule: rule.name,
        measure: rule.measures[0],
        measures: rule.measures,
        severity: rule.severity,
        resource: subjectOf(finding),
        path: violation.path,
        message: message(rule, violation, manifest?.resource),
        remediation: rule.remediation,
        ...place,
    };
}
