import { create } from "xmlbuilder2";
import { message, subject } from "../model/message";
import type { Finding, Judged } from "../manifests/judge";
import { count } from "./words";

interface Case {
    readonly name: string;
    readonly findings: readonly Finding[];
}

/** JUnit's XML: a suite per file, a case per object, what is wrong with it as the one failure of its case. */
export function* junit(judged: Judged): Generator<string> {
    const suites = suitesOf(judged);
    const cases = [...suites.values()].flat();
    yield '<?xml version="1.0" encoding="UTF-8"?>\n';
    yield `<testsuites name="wikifunctions-policy" tests="${String(cases.length)}" failures="${String(failures(cases))}" errors="0">\n`;
    for (const [file, members] of suites) {
        yield `${suite(file, members)}\n`;
    }
    yield `</testsuites>\n`;
}

function suitesOf({ manifests, stack }: Judged): Map<string, Case[]> {
    const suites = new Map<string, Case[]>();
    const add = (file: string, one: Case): void => {
        suites.set(file, suites.get(file) ?? []);
        suites.get(file)?.push(one);
    };
    for (const { manifest, findings } of manifests) {
        const { file, line } = manifest.placeOf("");
        add(file, { name: `${subject(manifest.resource)} (line ${String(line)})`, findings });
    }
    if (stack.length > 0) {
        add("the stack", { name: "what has to be in it", findings: stack });
    }
    return suites;
}

function failures(cases: readonly Case[]): number {
    return cases.filter(({ findings }) => findings.length > 0).length;
}

function suite(file: string, cases: readonly Case[]): string {
    const root = create({ invalidCharReplacement: "\ufffd" }).ele("testsuite", { name: file, tests: cases.length, failures: failures(cases), errors: 0 });
    for (const { name, findings } of cases) {
        const one = root.ele("testcase", { name, classname: file });
        if (findings.length > 0) {
            const rules = [...new Set(findings.map(({ rule }) => rule.name))].join(", ");
            one.ele("failure", { message: `${count(findings.length, "violation")}: ${rules}`, type: "violation" }).txt(findings.map(line).join("\n"));
        }
    }
    return root.end({ headless: true, prettyPrint: true });
}

function line({ rule, violation, manifest, place }: Finding): string {
    const where = place === undefined ? "" : `${place.file}:${String(place.line)}:${String(place.column)}: `;
    return `${where}${rule.severity} ${rule.name}: ${message(rule, violation, manifest?.resource)}`;
}
