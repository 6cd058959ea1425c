import { findingsIn, isOpen, TOLD, type Finding as Found } from "../judge";
import { groupBy } from "../model/group";
import { isKnownKind } from "../model/kinds";
import { unordered } from "../model/stack";
import type { Posture } from "../posture/posture";
import type { Rule } from "../rules/rule";
import { LIMITS } from "./limits";
import { notJudged, refusesUnknown } from "./not-judged";
import type { Manifest } from "./to-resource";
import type { Place } from "./unreadable";

/** A finding, and where it stands; what is missing from the whole stack stands nowhere. */
export interface Finding extends Pick<Found, "rule" | "violation" | "more"> {
    readonly manifest?: Manifest;
    readonly place?: Place;
}

/** An object with what is wrong with it. */
export interface JudgedObject {
    readonly manifest: Manifest;
    readonly findings: readonly Finding[];
    /** That no rule knows its kind, where nothing refuses it for that. No violation by itself. */
    readonly unjudged?: Finding;
}

export interface Judged {
    readonly rules: readonly Rule[];
    readonly manifests: readonly JudgedObject[];
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
    const mayBeUnjudged = !refusesUnknown(rules);
    const ofStack = groupBy(findingsIn(rules, stack, posture).filter(isOpen), ({ resource }) => [resource?.urn ?? ""]);
    let told = 0;
    return {
        rules,
        manifests: manifests.map((manifest) => {
            const { resource } = manifest;
            const found = findingsIn(rules, resource, posture, told < LIMITS.findings ? TOLD : 1).filter(isOpen).concat(ofStack.get(resource.urn) ?? []);
            told += found.length;
            const [doubt] = mayBeUnjudged && !isKnownKind(resource) ? findingsIn([notJudged], resource, posture) : [];
            return { manifest, findings: found.map((finding) => placed(finding, manifest)), ...(doubt === undefined ? {} : { unjudged: placed(doubt, manifest) }) };
        }),
        stack: (ofStack.get("") ?? []).map(({ rule, violation, more }) => ({ rule, violation, more })),
    };
}

function placed({ rule, violation, more }: Found, manifest: Manifest): Finding {
    return { rule, violation, more, manifest, place: manifest.placeOf(violation.path) };
}
