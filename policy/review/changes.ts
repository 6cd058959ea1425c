import { withValue } from "../model/read";
import type { Resource, Value } from "../model/resource";
import { mayBeAdded } from "../posture/approved/additions";
import { differencesOf, shown, type Difference } from "../posture/approved/differences";
import { isApprovable } from "../posture/approved/file";
import { nameOf } from "../posture/approved/identity";
import { approvedFor } from "../posture/approved/lookup";
import { optionDifferences } from "../posture/approved/options";
import { requiredOf } from "../posture/required";
import { waiverOf } from "../posture/waivers";
import { approvedObjects } from "../rules/approved-objects";
import type { Posture } from "../posture/posture";

/** One thing in which a stack isn't as approved. */
export interface Change {
    /** `Deployment wikifunctions/orchestrator`. */
    readonly object: string;
    /** Empty for the object as a whole. */
    readonly path: string;
    /** In words; undefined where there is nothing. */
    readonly approved: string | undefined;
    readonly now: string | undefined;
    readonly verdict: Difference["verdict"];
}

const ORDER: readonly Change["verdict"][] = ["looser", "tighter", "neutral"];

/** Everything in which a stack differs from what is approved for it: what relaxes first, then what tightens, then what does neither. */
export function changesOf(resources: readonly Resource[], posture: Posture): Change[] {
    const own = resources.filter(isApprovable);
    const present = new Set(own.map((resource) => approvedFor(resource, posture)));
    const required = requiredOf(posture);
    const changes = [
        ...own.flatMap((resource) => changesIn(resource, posture)),
        ...posture.objects.filter((object) => !present.has(object)).map((object) => whole(object, { approved: "there", now: undefined, verdict: required.includes(object) ? "looser" : "tighter" })),
    ];
    return ORDER.flatMap((verdict) => changes.filter((change) => change.verdict === verdict));
}

function whole(object: Resource, change: Pick<Change, "approved" | "now" | "verdict">): Change {
    return { object: nameOf(object), path: "", ...change };
}

/** In what one resource differs from what is approved. */
export function changesIn(resource: Resource, posture: Posture): Change[] {
    if (!isApprovable(resource)) {
        return [];
    }
    const approved = approvedFor(resource, posture);
    if (approved === undefined) {
        return [whole(resource, { approved: undefined, now: "there", verdict: mayBeAdded(resource, posture) ? "tighter" : "looser" })];
    }
    const differences = [...differencesOf(approved, resource, posture), ...optionDifferences(approved, resource)];
    return differences.filter((difference) => !isWaived(difference, resource, posture)).map(({ path, verdict, approved: before, now, is, must }) => ({ object: nameOf(resource), path, approved: words(before, typeof before === "object" ? must : shown(before)), now: words(now, is), verdict }));
}

/** The resource with the approved values where a waiver excuses others: what is waived isn't approved by approving all else. */
export function withoutWaived(resource: Resource, posture: Posture): Resource {
    const approved = approvedFor(resource, posture);
    const waived = approved === undefined ? [] : differencesOf(approved, resource, posture).filter((difference) => isWaived(difference, resource, posture));
    const props = waived.reduce<Value>((value, { keys, approved: before }) => withValue(value, keys, before), resource.props);
    return { ...resource, props: props as Resource["props"] };
}

function isWaived({ path, verdict, isOrdered, is, must }: Difference, resource: Resource, posture: Posture): boolean {
    const violation = { resource, path, is, must, floor: !isOrdered };
    return verdict === "looser" && waiverOf(posture, approvedObjects, violation, resource) !== undefined;
}

function words(value: Value, inWords = shown(value)): string | undefined {
    return value === undefined || value === null ? undefined : inWords;
}

/** `Deployment wikifunctions/orchestrator: spec.replicas: 3, approved is 2`. */
export function inWords({ object, path, approved, now }: Change): string {
    if (path === "") {
        return `${object}: ${now === undefined ? "missing, approved" : "not approved"}`;
    }
    return `${object}: ${path}: ${now ?? "left out"}, ${approved === undefined ? "not approved" : `approved is ${approved}`}`;
}
