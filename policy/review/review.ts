import { isOpen, judge } from "../judge";
import { subject } from "../model/message";
import { stackOf } from "../model/stack";
import type { Resource } from "../model/resource";
import { compare, type Change } from "./compare";
import { observed } from "./observed";
import { rules } from "../rules/index";
import { onDay, problemsIn, type Posture, type PostureFile } from "../posture/posture";

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
    const next = { ...file, ...withoutFiles(now), waivers: file.waivers };
    const changes = compare(approved, now);
    const profiles = Object.fromEntries(Object.entries(now.profiles).filter(([name]) => changes.some(({ field }) => field === `profiles.${name}`)));
    const posture = { ...onDay(next, day), profiles: { ...approved.profiles, ...profiles } };
    const violations = judge(rules, stack, posture).filter(isOpen);
    return {
        changes,
        forbidden: [...violations.map(({ rule, violation, resource }) => `${rule.name}: ${resource === undefined ? "the stack" : subject(resource)}: ${violation.path} is ${violation.is}; it must be ${violation.must}`), ...problemsIn(next)],
        next,
        profiles,
        waivers: approved.waivers,
    };
}

/** What has files of its own isn't written into this one. */
function withoutFiles(posture: Posture): Omit<Posture, "profiles" | "admissionPolicies"> {
    return Object.fromEntries(Object.entries(posture).filter(([key]) => key !== "profiles" && key !== "admissionPolicies")) as Omit<Posture, "profiles" | "admissionPolicies">;
}
