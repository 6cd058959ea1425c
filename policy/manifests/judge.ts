import type { Resource } from "../model/resource";
import { stackOf, type Stack } from "../model/stack";
import type { Posture } from "../postures/posture";
import type { Rule, Violation } from "../rules/rule";
import type { Manifest } from "./to-resource";
import type { Place } from "./unreadable";

/** A violation together with its rule, and where it stands; what is missing from the whole stack stands nowhere. */
export interface Finding {
    readonly rule: Rule;
    readonly violation: Violation;
    readonly manifest?: Manifest;
    readonly place?: Place;
}

export interface Judged {
    readonly rules: readonly Rule[];
    readonly manifests: readonly { readonly manifest: Manifest; readonly findings: readonly Finding[] }[];
    /** What no object is at fault for. */
    readonly stack: readonly Finding[];
}

/** Rules that make sense for objects read from a file: all but those about Pulumi, and without a stack those about no stack's posture. */
export function applicable(rules: readonly Rule[], hasStack: boolean): Rule[] {
    return rules.filter(({ needs }) => needs === undefined || (hasStack && needs === "posture"));
}

/**
 * Holds all objects against the rules, over one model. Linear in their number as far as the rules are.
 * @param stack the same objects with the order in which they come to be, where that is known
 */
export function judge(manifests: readonly Manifest[], rules: readonly Rule[], posture: Posture, stack = unordered(manifests.map(({ resource }) => resource))): Judged {
    const byUrn = new Map(manifests.map((manifest) => [manifest.resource.urn, manifest]));
    const found = new Map<Manifest | undefined, Finding[]>();
    const add = (rule: Rule, violation: Violation, manifest = byUrn.get(violation.resource?.urn ?? "")): void => {
        const finding = { rule, violation, ...(manifest === undefined ? {} : { manifest, place: manifest.placeOf(violation.path) }) };
        const others = found.get(manifest);
        if (others === undefined) {
            found.set(manifest, [finding]);
        } else {
            others.push(finding);
        }
    };
    for (const manifest of manifests) {
        for (const rule of rules) {
            if (rule.scope === "resource") {
                rule.check(manifest.resource, posture).forEach((violation) => { add(rule, violation, manifest); });
            }
        }
    }
    for (const rule of rules) {
        if (rule.scope === "stack") {
            rule.check(stack, posture).forEach((violation) => { add(rule, violation); });
        }
    }
    return { rules, manifests: manifests.map((manifest) => ({ manifest, findings: found.get(manifest) ?? [] })), stack: found.get(undefined) ?? [] };
}

/** The order in which a file's objects come to be is whoever applies them to decide, so that each is taken to have all others before it. */
function unordered(resources: readonly Resource[]): Stack {
    const all = new Set(resources.map(({ urn }) => urn));
    return { ...stackOf(resources), before: () => all };
}
