import { forEachContainer, forPod } from "../model/pod";
import { field, isUnset, type Field } from "../model/read";
import { demand, integerIn } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

/** Seconds; several times the longest request. */
const LONGEST = 120;
/** For pods that are stopped because a probe fails, a probe may say otherwise. */
const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"];
const bounded = integerIn(0, LONGEST);

export const terminationBounds: ResourceRule = {
    scope: "resource",
    name: "termination-bounds",
    measures: ["time-limit"],
    severity: "medium",
    description: "A pod that is told to stop is gone within two minutes.",
    rationale: "User code that ignores the signal would otherwise go on for the whole grace period, after its pod has left every Service.",
    remediation: `Set terminationGracePeriodSeconds to at most ${String(LONGEST)}, or leave it out for 30; leave it out of probes.`,
    references: [kubernetes("concepts/workloads/pods/pod-lifecycle/#pod-termination")],
    check: (resource) => [
        ...forPod(resource, ({ spec }) => judge(spec)),
        ...forEachContainer(resource, (container) => PROBES.flatMap((probe) => judge(field(container, probe)))),
    ],
};

function judge(at: Field): Violation[] {
    return demand(field(at, "terminationGracePeriodSeconds"), `a whole number from 0 to ${String(LONGEST)}, or left out`, (seconds) => isUnset(seconds) || bounded(seconds));
}
