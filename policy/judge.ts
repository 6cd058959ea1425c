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
}

/** What one rule finds in a resource by itself, or in a whole stack, each with the waiver that excuses it. */
function findingsOf(rule: Rule, subject: Resource | Stack, posture: Posture): Finding[] {
    return violationsOf(rule, subject, posture).map((violation) => {
        return { rule, violation, resource: violation.resource, waiver: waiverOf(posture, rule, violation, violation.resource) };
    });
}

/**
 * What all rules find in a resource by itself, or in a whole stack, waived or not. Where a rule of the floor objects to a field, it isn't
 * told once more that nobody has approved it.
 */
export function findingsIn(rules: readonly Rule[], subject: Resource | Stack, posture: Posture): Finding[] {
    const found = rules.flatMap((rule) => findingsOf(rule, subject, posture));
    const told = new Set(found.filter((finding) => finding.rule !== approvedObjects && isOpen(finding)).map(({ violation: { path } }) => path));
    return found.filter(({ rule, violation: { path } }) => rule !== approvedObjects || !told.has(path));
}

/** All that the rules find: resource by resource, then in the stack as a whole. Linear as far as the rules are. */
export function judge(rules: readonly Rule[], stack: Stack, posture: Posture): Finding[] {
    return [...stack.resources, stack].flatMap((subject) => findingsIn(rules, subject, posture));
}

/** Whether nothing excuses a finding. */
export function isOpen({ waiver }: Finding): boolean {
    return waiver === undefined;
}
