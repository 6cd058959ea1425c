import type { Posture } from "../posture/posture";
import type { Resource } from "../model/resource";
import type { Stack } from "../model/stack";
import type { Measure, Severity, Violation } from "../model/violation";

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

/** What a rule finds in a resource by itself, or in a whole stack: one that is about the other finds nothing there. */
export function violationsOf(rule: Rule, subject: Resource | Stack, posture: Posture): Violation[] {
    if ("urn" in subject) {
        return rule.scope === "resource" ? rule.check(subject, posture).map((violation) => ({ resource: subject, ...violation })) : [];
    }
    return rule.scope === "stack" ? rule.check(subject, posture) : [];
}
