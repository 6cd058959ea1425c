import { subject } from "../model/message";
import type { Resource } from "../model/resource";
import type { Violation } from "../model/violation";
import type { Posture, Waiver } from "./posture";

/** A rule, as far as waivers go. */
interface Waivable {
    readonly name: string;
    readonly waivable?: boolean;
}

/** Whether a waiver is about this finding, be it in force or not. */
export function isAbout({ rule: name, resource: wanted, path }: Waiver, rule: Waivable, violation: Violation, resource: Resource | undefined): boolean {
    const about = violation.resource ?? resource;
    return rule.name === name && about !== undefined && subject(about) === wanted && (path === undefined || path === violation.path);
}

/** Whether a finding is beyond the reach of any waiver. */
export function isFloor(rule: Waivable, { floor }: Violation): boolean {
    return rule.waivable !== true || floor === true;
}

/** The waiver that excuses a finding today, where there is one. */
export function waiverOf({ waivers }: Posture, rule: Waivable, violation: Violation, resource: Resource | undefined): Waiver | undefined {
    return isFloor(rule, violation) ? undefined : waivers.find((waiver) => waiver.daysLeft >= 0 && isAbout(waiver, rule, violation, resource));
}

/** `cpu-limits on Deployment wikifunctions/orchestrator waived until 2027-01-31, 68 days left: reason (ticket, owner)`. */
export function inWords({ rule, resource, path, reason, ticket, owner, expires, daysLeft }: Waiver): string {
    const left = daysLeft < 0 ? "expired" : daysLeft === 0 ? "its last day" : `${String(daysLeft)} ${daysLeft === 1 ? "day" : "days"} left`;
    return `${rule} on ${resource}${path === undefined ? "" : ` (${path})`} waived until ${expires}, ${left}: ${reason} (${ticket}, ${owner})`;
}
