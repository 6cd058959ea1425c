import type { Resource } from "./resource";

/** The measures of the mission that a rule guards. */
export const MEASURES = [
    "time-limit",
    "memory",
    "cpu",
    "network",
    "read-only-root",
    "no-privilege-escalation",
    "capabilities",
    "selinux",
    "seccomp",
    "apparmor",
    "gvisor",
    "kata",
    "firecracker",
    "admission",
] as const;
export type Measure = (typeof MEASURES)[number];

export type Severity = "critical" | "high" | "medium";

/** One finding: "`path` is `is`; it must be `must`". The reporter adds the resource, the rationale and the remedy. */
export interface Violation {
    /** The resource at fault; a stack rule about something missing leaves it out. */
    readonly resource?: Resource;
    /** Path of the field, e.g. `spec.template.spec.containers[0].securityContext.privileged`. */
    readonly path: string;
    /** What stands there, as words: `true`, `not set`, `unknown until the update runs`. Never a secret's value. */
    readonly is: string;
    /** What has to stand there, as words. */
    readonly must: string;
    /** In a rule that can be waived: this finding can't be. */
    readonly floor?: boolean;
}
