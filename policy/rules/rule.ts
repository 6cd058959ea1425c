import type { Posture } from "../postures/posture";
import type { Resource } from "../model/resource";
import type { Stack } from "../model/stack";

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

interface Metadata {
    /** kebab-case; the policy's name in Pulumi's output. */
    readonly name: string;
    readonly measures: readonly Measure[];
    readonly severity: Severity;
    /** One sentence: what the rule demands. */
    readonly description: string;
    /** Why it matters: what an attacker gains without it. One or two sentences. */
    readonly rationale: string;
    /** How to mend a violation. One or two sentences. */
    readonly remediation: string;
    /** Kubernetes documentation, Pod Security Standards, CIS Kubernetes Benchmark ids; an address first. */
    readonly references: readonly [string, ...string[]];
    /** What the rule can't do without: resources as Pulumi knows them, or what is approved for a stack. Left out by rules on any object's own fields. */
    readonly needs?: "pulumi" | "posture";
    /** Whether a waiver may except one resource for a time: where a number or a name is approved. All other rules are the floor. */
    readonly waivable?: boolean;
}

/** Decides on one resource alone, so that it also stops an update. */
export interface ResourceRule extends Metadata {
    readonly scope: "resource";
    readonly check: (resource: Resource, posture: Posture) => Violation[];
}

/** Decides on the whole stack: presence, coverage, order, reachability. */
export interface StackRule extends Metadata {
    readonly scope: "stack";
    readonly check: (stack: Stack, posture: Posture) => Violation[];
}

export type Rule = ResourceRule | StackRule;
