import { kindOfType } from "../model/pod";
import { pulumi } from "./references";
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
    description: "No resource ignores changes to its fields, and no guard is deleted before its replacement stands.",
    rationale: "With ignoreChanges the preview judges old values and the cluster keeps them; between deletion and replacement of a guard nothing is guarded.",
    remediation: "Remove ignoreChanges, and deleteBeforeReplace from namespaces, network policies, quotas, classes and the profile loader.",
    references: [pulumi("iac/concepts/options/ignorechanges/"), pulumi("iac/concepts/options/deletebeforereplace/")],
    check: ({ type, options }) => {
        const ignored = options.ignoreChanges.length === 0 ? [] : [{ path: "the option ignoreChanges", is: `a list of ${String(options.ignoreChanges.length)}`, must: "left out" }];
        const gap = options.deleteBeforeReplace && GUARDS.includes(kindOfType(type)) ? [{ path: "the option deleteBeforeReplace", is: "true", must: "left out" }] : [];
        return [...ignored, ...gap];
    },
};
