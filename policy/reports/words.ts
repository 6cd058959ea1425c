import { countOf, moreInWords } from "../judge";
import { message, subject } from "../model/message";
import type { Finding, Judged } from "../manifests/judge";

/** `3 violations`, `1 object` */
export function count(number: number, what: string): string {
    return `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
}

export function findingsIn({ manifests, stack }: Judged): number {
    return manifests.reduce((sum, { findings }) => sum + countOf(findings), countOf(stack));
}

/** Objects of kinds that no rule knows, in the order of the input. */
export function unjudgedIn({ manifests }: Judged): Finding[] {
    return manifests.map(({ unjudged }) => unjudged).filter((finding) => finding !== undefined);
}

/** A finding as sentences. */
export function messageOf(finding: Finding): string {
    const { rule, violation, manifest } = finding;
    return `${message(rule, violation, manifest?.resource)}${moreInWords(finding)}`;
}

/** Every finding, in the order of the input, those of the whole stack last. */
export function* findingsOf({ manifests, stack }: Judged): Generator<Finding> {
    for (const { findings } of manifests) {
        yield* findings;
    }
    yield* stack;
}

/** `Deployment prod/web`; what is missing is missing from the stack. */
export function subjectOf({ manifest }: Finding): string {
    return manifest === undefined ? "the stack" : subject(manifest.resource);
}
