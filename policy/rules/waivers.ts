import { isAbout, isFloor } from "../posture/waivers";
import type { Stack } from "../model/stack";
import type { Posture, Waiver } from "../posture/posture";
import { pulumi } from "./kit/references";
import { violationsOf, type Rule, type StackRule } from "./rule";

/** @param rules the rules that waivers may be about */
export function waivers(rules: readonly Rule[]): StackRule {
    return {
        scope: "stack",
        name: "waivers",
        measures: ["admission"],
        severity: "high",
        needs: "posture",
        description: "Every waiver of the stack's posture is in force, excuses something, and excuses nothing of the floor.",
        rationale: "A waiver that has expired or excuses nothing hides the next relaxation of the same rule, and one of the floor would take a measure away.",
        remediation: "Mend what was waived and remove the waiver from the posture, or have it approved for longer.",
        references: [pulumi("iac/crossguard/")],
        check: (stack, posture) => posture.waivers.flatMap((waiver) => {
            const problem = problemWith(waiver, rules, stack, posture);
            return problem === undefined ? [] : [{ path: `the waiver of ${waiver.rule} on ${waiver.resource} (${waiver.ticket}, ${waiver.owner})`, ...problem }];
        }),
    };
}

function problemWith(waiver: Waiver, rules: readonly Rule[], stack: Stack, posture: Posture): { readonly is: string; readonly must: string } | undefined {
    const rule = rules.find(({ name }) => name === waiver.rule);
    if (rule?.waivable !== true) {
        const waivable = rules.filter((other) => other.waivable === true).map(({ name }) => name);
        return { is: rule === undefined ? "of a rule that doesn't exist" : "of a rule of the floor", must: `of one of ${waivable.join(", ")}` };
    }
    if (waiver.daysLeft < 0) {
        return { is: `expired since ${waiver.expires}`, must: "in force" };
    }
    const found = [...stack.resources, stack].flatMap((subject) => violationsOf(rule, subject, posture))
        .filter((violation) => isAbout(waiver, rule, violation, violation.resource));
    if (found.length === 0) {
        return { is: "without anything to waive", must: "removed" };
    }
    return found.every((violation) => isFloor(rule, violation)) ? { is: "about the floor of its rule", must: "removed, and its cause mended" } : undefined;
}
