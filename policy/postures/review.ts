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
    /** Texts of the profiles that would have to be approved with it, by name. */
    readonly profiles: Posture["profiles"];
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
    const next = { ...file, ...withoutProfiles(now), waivers: file.waivers };
    const changes = compare(approved, now);
    const profiles = Object.fromEntries(Object.entries(now.profiles).filter(([name]) => changes.some(({ field }) => field === `profiles.${name}`)));
    const posture = { ...onDay(next, day), profiles: { ...approved.profiles, ...profiles } };
    const violations = rules.flatMap((rule) => {
        const found = rule.scope === "stack"
            ? rule.check(stack, posture).map((violation) => ({ violation, resource: violation.resource }))
            : resources.flatMap((resource) => rule.check(resource, posture).map((violation) => ({ violation, resource })));
        return found.filter(({ violation, resource }) => waiverOf(posture, rule, violation, resource) === undefined).map((each) => ({ rule, ...each }));
    });
    return {
        changes,
        forbidden: [...violations.map(({ rule, violation, resource }) => `${rule.name}: ${resource === undefined ? "the stack" : subject(resource)}: ${violation.path} is ${violation.is}; it must be ${violation.must}`), ...problemsIn(next)],
        next,
        profiles,
        waivers: approved.waivers,
    };
}

/** Profiles have files of their own. */
function withoutProfiles(posture: Posture): Omit<Posture, "profiles"> {
    return Object.fromEntries(Object.entries(posture).filter(([key]) => key !== "profiles")) as Omit<Posture, "profiles">;
}
