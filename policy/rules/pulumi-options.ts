import { isMeasure } from "../posture/measures";
import { kindOfType } from "../model/pod";
import { pulumi } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

/** Kinds that hold a measure for others: while one is gone, everything it guards is open. */
const GUARDS = [
    ...["Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PriorityClass", "RuntimeClass", "DaemonSet", "ConfigMap"],
    ...["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"],
];

export const pulumiOptions: ResourceRule = {
    scope: "resource",
    name: "pulumi-options",
    measures: ["admission", "network"],
    severity: "high",
    needs: "pulumi",
    description: "No resource ignores changes to its fields or outlives its deletion, no guard is deleted before its replacement stands, and the measures are protected where the posture demands it.",
    rationale: "With ignoreChanges the preview judges old values and the cluster keeps them, what retainOnDelete leaves behind no later preview sees, and between deletion and replacement of a guard nothing is guarded.",
    remediation: "Remove ignoreChanges and retainOnDelete, and deleteBeforeReplace from namespaces, network policies, quotas, classes and the profile loader; set the stack's protect to true.",
    references: [pulumi("iac/concepts/options/ignorechanges/"), pulumi("iac/concepts/options/deletebeforereplace/"), pulumi("iac/concepts/options/protect/")],
    check: (resource, posture) => {
        const { type, options } = resource;
        const isGap = options.deleteBeforeReplace && GUARDS.includes(kindOfType(type));
        return [
            ...leaveOut(options.ignoreChanges.length > 0, "ignoreChanges", `a list of ${String(options.ignoreChanges.length)}`),
            ...leaveOut(options.retainOnDelete === true, "retainOnDelete", "true"),
            ...leaveOut(isGap, "deleteBeforeReplace", "true"),
            ...(posture.protect && !options.protect && isMeasure(resource, posture) ? [{ path: "the option protect", is: "false", must: "true" }] : []),
        ];
    },
};

function leaveOut(isSet: boolean, option: string, is: string): Violation[] {
    return isSet ? [{ path: `the option ${option}`, is, must: "left out" }] : [];
}
