import { rules } from "../index";
import type { Resource } from "../model/resource";
import type { Stack } from "../model/stack";
import { waiverOf } from "../model/waivers";
import type { Rule, Violation } from "../rules/rule";
import type { Posture, Waiver } from "./posture";

/** What a rule finds in a stack. */
export interface Finding {
    readonly rule: Rule;
    readonly violation: Violation;
    /** The resource at fault; undefined where something is missing. */
    readonly resource: Resource | undefined;
    /** Excuses it today. */
    readonly waiver: Waiver | undefined;
}

/** All that the rules find, waived or not, in the order of the rules. */
export function findingsIn(stack: Stack, posture: Posture): Finding[] {
    return rules.flatMap((rule) => {
        const found = rule.scope === "stack"
            ? rule.check(stack, posture).map((violation) => ({ violation, resource: violation.resource }))
            : stack.resources.flatMap((resource) => rule.check(resource, posture).map((violation) => ({ violation, resource })));
        return found.map(({ violation, resource }) => ({ rule, violation, resource, waiver: waiverOf(posture, rule, violation, resource) }));
    });
}
