import { isOpen, judge, moreInWords as more } from "../judge";
import { objection } from "../model/message";
import type { Resource } from "../model/resource";
import { stackOf } from "../model/stack";
import { asApproved } from "../posture/approved/as-approved";
import { isApprovable, print } from "../posture/approved/file";
import { derivedFrom } from "../posture/derived";
import type { Posture } from "../posture/posture";
import { rules } from "../rules/index";
import { problemsWithParties } from "../posture/floor";
import { changesOf, withoutWaived, type Change } from "./changes";
import { unknownClusters } from "./clusters";
import { unknownParties } from "./parties";

export interface Review {
    /** What differs from what is approved. */
    readonly changes: readonly Change[];
    /** What would still be a violation if the stack were approved as it is: the floor. In words. */
    readonly forbidden: readonly string[];
    /** Outsiders that would have to be approved as parties of the posture. */
    readonly parties: Posture["parties"];
    /** Clusters that the stack would be deployed to, and that would have to be approved. */
    readonly clusters: Posture["clusters"];
    /** The text of the file that approves the stack as it is. */
    readonly next: string;
    readonly waivers: Posture["waivers"];
}

/** Whether something is looser than approved, so that the stack may not be as it is. */
export function isLooser({ changes, forbidden, clusters }: Review): boolean {
    return forbidden.length > 0 || clusters.length > 0 || changes.some(({ verdict }) => verdict === "looser");
}

/** Holds a previewed stack against what is approved for it. */
export function review(resources: readonly Resource[], posture: Posture): Review {
    const approvable = resources.filter(isApprovable).map((resource) => withoutWaived(resource, posture));
    const objects = approvable.map(asApproved);
    const stack = stackOf(resources);
    const services = { ...posture, ...derivedFrom(objects, posture) };
    const parties = unknownParties(stack, services);
    const clusters = unknownClusters(resources, posture);
    const known = { ...posture, parties: { ...posture.parties, ...parties }, clusters: [...posture.clusters, ...clusters] };
    const next: Posture = { ...known, objects, ...derivedFrom(objects, known) };
    const found = judge(rules, stack, next).filter(isOpen);
    return {
        changes: changesOf(resources, posture),
        parties,
        clusters,
        forbidden: [...problemsWithParties(parties), ...found.map((finding) => `${finding.rule.name}: ${objection(finding.violation, finding.resource)}${more(finding)}`)],
        next: print(approvable),
        waivers: posture.waivers,
    };
}
