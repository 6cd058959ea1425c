import type { Resource } from "../policy/model/resource";
import { stackOf } from "../policy/model/stack";
import { changesOf, type Change } from "../policy/review/changes";
import { isOpen, judge } from "../policy/judge";
import { rules } from "../policy/rules/index";
import type { Posture, Waiver } from "../policy/posture/posture";
import { found, measuresOf, type Found, type MeasureState } from "./measures";
import { networkOf, type Network } from "./network";
import { sandboxLimitsOf, workloadsOf, type SandboxLimit, type Workload } from "./workloads";

/** All that a report says, in words; nothing of it is HTML or Markdown. Any text may be of a stranger's making. */
export interface Report {
    readonly stack: string;
    /** For which waivers count, in UTC: `2026-11-24`. */
    readonly day: string;
    /** File that says what is approved. */
    readonly posture: string;
    /** How many resources the stack has. */
    readonly resources: number;
    readonly measures: readonly MeasureState[];
    readonly violations: readonly Found[];
    readonly changes: readonly Change[];
    readonly waivers: readonly Waiver[];
    readonly network: Network;
    readonly workloads: readonly Workload[];
    readonly sandbox: readonly SandboxLimit[];
}

export interface Subject {
    readonly stack: string;
    readonly resources: readonly Resource[];
    /** What is approved for it on that day, and in which file it stands. */
    readonly posture: Posture;
    readonly postureFile: string;
    readonly day: string;
}

export function reportOf({ stack: name, resources, posture, postureFile, day }: Subject): Report {
    const stack = stackOf(resources);
    const findings = judge(rules, stack, posture);
    return {
        stack: name,
        day,
        posture: postureFile,
        resources: resources.length,
        measures: measuresOf(stack, posture, findings),
        violations: findings.filter(isOpen).map(found),
        changes: changesOf(resources, posture),
        waivers: posture.waivers,
        network: networkOf(stack, posture),
        workloads: workloadsOf(stack, posture),
        sandbox: sandboxLimitsOf(stack, posture),
    };
}

/** Whether everything is as approved or tighter. */
export function isClean({ violations, changes }: Report): boolean {
    return violations.length === 0 && !changes.some(({ verdict }) => verdict === "looser");
}
