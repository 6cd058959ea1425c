import { isOpen, judge, type Finding as Found } from "../judge";
import { groupBy } from "../model/group";
import { unordered } from "../model/stack";
import type { Posture } from "../posture/posture";
import type { Rule } from "../rules/rule";
import type { Manifest } from "./to-resource";
import type { Place } from "./unreadable";

/** A finding, and where it stands; what is missing from the whole stack stands nowhere. */
export interface Finding extends Pick<Found, "rule" | "violation"> {
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
 * Holds all objects against the rules, over one model, and tells what nothing excuses by object and place.
 * @param stack the same objects with the order in which they come to be, where that is known
 */
export function judgeManifests(
    manifests: readonly Manifest[],
    rules: readonly Rule[],
    posture: Posture,
    stack = unordered(manifests.map(({ resource }) => resource)),
): Judged {
    const byUrn = groupBy(judge(rules, stack, posture).filter(isOpen), ({ resource }) => [resource?.urn ?? ""]);
    return {
        rules,
        manifests: manifests.map((manifest) => ({
            manifest,
            findings: (byUrn.get(manifest.resource.urn) ?? []).map(({ rule, violation }) => ({ rule, violation, manifest, place: manifest.placeOf(violation.path) })),
        })),
        stack: (byUrn.get("") ?? []).map(({ rule, violation }) => ({ rule, violation })),
    };
}
