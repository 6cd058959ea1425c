import { groupBy } from "./model/group";
import type { Resource } from "./model/resource";
import type { Stack } from "./model/stack";
import type { Violation } from "./model/violation";
import type { Posture, Waiver } from "./posture/posture";
import { waiverOf } from "./posture/waivers";
import { approvedObjects } from "./rules/approved-objects";
import { violationsOf, type Rule } from "./rules/rule";

/** What a rule finds. */
export interface Finding {
    readonly rule: Rule;
    readonly violation: Violation;
    /** The resource at fault; undefined where something is missing. */
    readonly resource: Resource | undefined;
    /** Excuses it today. */
    readonly waiver: Waiver | undefined;
    /** How many more like it the rule finds in the resource, which aren't told one by one: the same rule, excused or not as this one is. */
    readonly more?: number;
}

/** Findings of one rule in one resource that are told one by one: more would take hours to read, and the first ones show how to mend all. */
export const TOLD = 100;

/** What one rule finds in a resource by itself, or in a whole stack, each with the waiver that excuses it. */
function findingsOf(rule: Rule, subject: Resource | Stack, posture: Posture): Finding[] {
    return violationsOf(rule, subject, posture).map((violation) => {
        return { rule, violation, resource: violation.resource, waiver: waiverOf(posture, rule, violation, violation.resource) };
    });
}

/**
 * What all rules find in a resource by itself, or in a whole stack, waived or not. Where a rule of the floor objects to a field, it isn't
 * told once more that nobody has approved it.
 * @param most how many of one rule in one resource are told one by one
 */
export function findingsIn(rules: readonly Rule[], subject: Resource | Stack, posture: Posture, most = TOLD): readonly Finding[] {
    const kept = new Map<Rule, readonly Finding[]>();
    const told = new Set<string>();
    const isTold = ({ rule, violation: { path } }: Finding): boolean => rule === approvedObjects && told.has(path);
    // Rule by rule, so that no more than one rule's findings are ever held.
    for (const rule of [...rules.filter((each) => each !== approvedObjects), ...rules.filter((each) => each === approvedObjects)]) {
        const found = findingsOf(rule, subject, posture).filter((finding) => !isTold(finding));
        kept.set(rule, bounded(found, most));
        if (rules.includes(approvedObjects)) {
            found.filter(isOpen).forEach(({ violation: { path } }) => told.add(path));
        }
    }
    return rules.flatMap((rule) => kept.get(rule) ?? []);
}

/** The first ones of each resource, the last of which says how many more there are. */
function bounded(found: readonly Finding[], most: number): readonly Finding[] {
    if (found.length <= most) {
        return found;
    }
    const alike = groupBy(found, (finding) => [`${String(isOpen(finding))} ${finding.resource?.urn ?? ""}`]);
    return [...alike.values()].flatMap((same) => {
        const more = same.length - most;
        return same.slice(0, most).map((finding, index) => (more > 0 && index === most - 1 ? { ...finding, more } : finding));
    });
}

/** How many findings these stand for. */
export function countOf(findings: readonly Pick<Finding, "more">[]): number {
    return findings.reduce((sum, { more = 0 }) => sum + 1 + more, 0);
}

/** What is said after the last finding that is told: ` And 7 more of this rule here.` */
export function moreInWords({ more = 0 }: Pick<Finding, "more">): string {
    return more === 0 ? "" : ` And ${more.toLocaleString("en")} more of this rule here.`;
}

/** What the rules find: resource by resource, then in the stack as a whole, up to {@link TOLD} of a kind. Linear as far as the rules are. */
export function judge(rules: readonly Rule[], stack: Stack, posture: Posture): Finding[] {
    return [...stack.resources, stack].flatMap((subject) => findingsIn(rules, subject, posture));
}

/** Whether nothing excuses a finding. */
export function isOpen({ waiver }: Finding): boolean {
    return waiver === undefined;
}
