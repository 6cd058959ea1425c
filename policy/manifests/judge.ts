import { findingsIn, isOpen, TOLD, type Finding as Found } from "../judge";
import { groupBy } from "../model/group";
import { isKnownKind } from "../model/kinds";
import type { Resource } from "../model/resource";
import { unordered } from "../model/stack";
import type { Posture } from "../posture/posture";
import type { Rule } from "../rules/rule";
import { LIMITS } from "./limits";
import { BELIEVED, notJudged, refusesUnknown } from "./not-judged";
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
    /** That no rule knows its kind, or what a rule would find if the object weren't believed, where nothing refuses that. No violation by itself. */
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
            const { resource, claimed = resource } = manifest;
            const most = told < LIMITS.findings ? TOLD : 1;
            const openIn = (subject: Resource): Found[] => findingsIn(rules, subject, posture, most).filter(isOpen);
            const own = openIn(mayBeUnjudged ? claimed : resource);
            const found = own.concat(ofStack.get(resource.urn) ?? []);
            told += found.length;
            const [doubt] = mayBeUnjudged ? doubtsOf(manifest, own, openIn, posture) : [];
            return { manifest, findings: found.map((finding) => placed(finding, manifest)), ...(doubt === undefined ? {} : { unjudged: placed(doubt, manifest) }) };
        }),
        stack: (ofStack.get("") ?? []).map(({ rule, violation, more }) => ({ rule, violation, more })),
    };
}

/** What hasn't been judged of an object: the whole of it, or what is found only where its word isn't taken for a cluster's. */
function doubtsOf({ resource, claimed }: Manifest, found: readonly Found[], openIn: (resource: Resource) => readonly Found[], posture: Posture): readonly Found[] {
    if (!isKnownKind(resource)) {
        return findingsIn([notJudged], resource, posture);
    }
    const told = new Set(found.map(({ violation: { path } }) => path));
    const believed = claimed === undefined ? [] : openIn(resource).filter(({ violation: { path } }) => !told.has(path));
    return believed.map((finding) => ({ ...finding, rule: notJudged, violation: { ...finding.violation, is: `${finding.violation.is}, ${BELIEVED}` } }));
}

function placed({ rule, violation, more }: Found, manifest: Manifest): Finding {
    return { rule, violation, more, manifest, place: manifest.placeOf(violation.path) };
}
