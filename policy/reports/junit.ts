import { create } from "xmlbuilder2";
import { countOf } from "../judge";
import { subject } from "../model/message";
import { printable } from "../model/printable";
import type { Finding, Judged, JudgedObject } from "../manifests/judge";
import { count, messageOf } from "./words";

interface Case extends Pick<JudgedObject, "findings" | "unjudged"> {
    readonly name: string;
}

/** JUnit's XML: a suite per file, a case per object, what is wrong with it as the one failure of its case; objects that no rule knows are skipped. */
export function* junit(judged: Judged): Generator<string> {
    const suites = suitesOf(judged);
    yield '<?xml version="1.0" encoding="UTF-8"?>\n';
    yield opening("testsuites", { name: "wikifunctions-policy", ...counted([...suites.values()].flat()) });
    for (const [file, members] of suites) {
        yield `  ${opening("testsuite", { name: printable(file), ...counted(members) })}`;
        for (const member of members) {
            yield `${testcase(file, member)}\n`;
        }
        yield "  </testsuite>\n";
    }
    yield `</testsuites>\n`;
}

/** An element's start by itself, because what is in it is written as it comes: a tree of everything takes gigabytes. */
function opening(name: string, attributes: object): string {
    return `${create({ invalidCharReplacement: "\ufffd" }).ele(name, attributes).end({ headless: true }).replace(/\/>$/, ">")}\n`;
}

function suitesOf({ manifests, stack }: Judged): Map<string, Case[]> {
    const suites = new Map<string, Case[]>();
    const add = (file: string, one: Case): void => {
        suites.set(file, suites.get(file) ?? []);
        suites.get(file)?.push(one);
    };
    for (const { manifest, findings, unjudged } of manifests) {
        const { file, line } = manifest.placeOf("");
        add(file, { name: `${subject(manifest.resource)} (line ${String(line)})`, findings, ...(unjudged === undefined ? {} : { unjudged }) });
    }
    if (stack.length > 0) {
        add("the stack", { name: "what has to be in it", findings: stack });
    }
    return suites;
}

/** A case with violations has failed, whether its kind is known or not. */
function counted(cases: readonly Case[]) {
    const failures = cases.filter(({ findings }) => findings.length > 0).length;
    const skipped = cases.filter(({ findings, unjudged }) => findings.length === 0 && unjudged !== undefined).length;
    return { tests: cases.length, failures, errors: 0, skipped };
}

function testcase(file: string, { name, findings, unjudged }: Case): string {
    const one = create({ invalidCharReplacement: "\ufffd" }).ele("testcase", { name, classname: printable(file) });
    if (findings.length > 0) {
        const rules = [...new Set(findings.map(({ rule }) => rule.name))].join(", ");
        const lines = [...findings, ...(unjudged === undefined ? [] : [unjudged])].map(line);
        one.ele("failure", { message: `${count(countOf(findings), "violation")}: ${rules}`, type: "violation" }).txt(lines.join("\n"));
    } else if (unjudged !== undefined) {
        one.ele("skipped", { message: `not judged: ${messageOf(unjudged)}` });
    }
    return one.end({ headless: true, prettyPrint: true, offset: 2 });
}

function line(finding: Finding): string {
    const { rule, place } = finding;
    const where = place === undefined ? "" : `${printable(place.file)}:${String(place.line)}:${String(place.column)}: `;
    return `${where}${rule.severity} ${rule.name}: ${messageOf(finding)}`;
}
