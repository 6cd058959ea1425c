import { rules } from "../index";
import { subject } from "../model/message";
import { stackOf } from "../model/stack";
import type { Resource } from "../model/resource";
import { waiverOf } from "../model/waivers";
import { compare, type Change } from "./compare";
import { observed } from "./observed";
import { onDay, problemsIn, type Posture, type PostureFile } from "./posture";

export interface Review {
    /** What differs from the approved posture. */
    readonly changes: readonly Change[];
    /** What would still be a violation if the stack were approved as it is: the floor. In words. */
    readonly forbidden: readonly string[];
    /** The posture that approves the stack as it is. */
    readonly next: PostureFile;
    readonly waivers: Posture["waivers"];
}

/**
 * Holds a previewed stack against its posture.
 * @param day the day for which waivers count, `2026-11-24`
 */
export function review(resources: readonly Resource[], file: PostureFile, day: string): Review {
    const stack = stackOf(resources);
    const approved = onDay(file, day);
    const now = observed(stack, approved);
    const next = { ...file, ...withoutFiles(now), waivers: file.waivers };
    const posture = onDay(next, day);
    const violations = rules.flatMap((rule) => {
        const found = rule.scope === "stack"
            ? rule.check(stack, posture).map((violation) => ({ violation, resource: violation.resource }))
            : resources.flatMap((resource) => rule.check(resource, posture).map((violation) => ({ violation, resource })));
        return found.filter(({ violation, resource }) => waiverOf(posture, rule, violation, resource) === undefined).map((each) => ({ rule, ...each }));
    });
    return {
        changes: compare(approved, now),
        forbidden: [...violations.map(({ rule, violation, resource }) => `${rule.name}: ${resource === undefined ? "the stack" : subject(resource)}: ${violation.path} is ${violation.is}; it must be ${violation.must}`), ...problemsIn(next)],
        next,
        waivers: approved.waivers,
    };
}

/** What has files of its own isn't written into this one. */
function withoutFiles(posture: Posture): Omit<Posture, "profiles" | "admissionPolicies"> {
    return Object.fromEntries(Object.entries(posture).filter(([key]) => key !== "profiles" && key !== "admissionPolicies")) as Omit<Posture, "profiles" | "admissionPolicies">;
}
