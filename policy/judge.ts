import type { Resource } from "./model/resource";
import type { Stack } from "./model/stack";
import type { Violation } from "./model/violation";
import type { Posture, Waiver } from "./posture/posture";
import { waiverOf } from "./posture/waivers";
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
export function findingsOf(rule: Rule, subject: Resource | Stack, posture: Posture): Finding[] {
    return violationsOf(rule, subject, posture).map((violation) => {
        return { rule, violation, resource: violation.resource, waiver: waiverOf(posture, rule, violation, violation.resource) };
    });
}

/** All that the rules find, waived or not: resource by resource, then in the stack as a whole. Linear as far as the rules are. */
export function judge(rules: readonly Rule[], stack: Stack, posture: Posture): Finding[] {
    return [...stack.resources, stack].flatMap((subject) => rules.flatMap((rule) => findingsOf(rule, subject, posture)));
}

/** Whether nothing excuses a finding. */
export function isOpen({ waiver }: Finding): boolean {
    return waiver === undefined;
}
