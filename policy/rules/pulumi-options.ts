import { kindOfType } from "../model/pod";
import type { Violation } from "../model/violation";
import { FOUNDATIONS } from "../posture/required";
import { pulumi } from "./kit/references";
import type { ResourceRule } from "./rule";

/** Kinds that hold a measure for others: while one is gone, everything it guards is open. */
const GUARDS = [...FOUNDATIONS, "NetworkPolicy"];

export const pulumiOptions: ResourceRule = {
    scope: "resource",
    name: "pulumi-options",
    measures: ["admission", "network"],
    severity: "high",
    needs: "pulumi",
    description: "No resource ignores changes to its fields, outlives its deletion or comes from elsewhere than the registry of plugins, and no guard is deleted before its replacement stands.",
    rationale: "With ignoreChanges the preview judges old values and the cluster keeps them, what retainOnDelete leaves behind no later preview sees, a plugin from elsewhere does what it likes, and between deletion and replacement of a guard nothing is guarded.",
    remediation: "Remove the option; deleteBeforeReplace may stay where the object guards nothing.",
    references: [pulumi("iac/concepts/options/ignorechanges/"), pulumi("iac/concepts/options/retainondelete/"), pulumi("iac/concepts/options/deletebeforereplace/")],
    check: ({ type, options }) => {
        const { ignoreChanges, retainOnDelete, deletedWith = "", replaceOnChanges = [], others = [] } = options;
        return [
            ...leaveOut(ignoreChanges.length > 0, "ignoreChanges", `a list of ${String(ignoreChanges.length)}`),
            ...leaveOut(retainOnDelete === true, "retainOnDelete", "true"),
            ...leaveOut(deletedWith !== "", "deletedWith", "another resource"),
            ...leaveOut(replaceOnChanges.length > 0, "replaceOnChanges", `a list of ${String(replaceOnChanges.length)}`),
            ...others.flatMap((option) => leaveOut(true, option, "set")),
            ...leaveOut(options.deleteBeforeReplace && GUARDS.includes(kindOfType(type)), "deleteBeforeReplace", "true"),
        ];
    },
};

function leaveOut(isSet: boolean, option: string, is: string): Violation[] {
    return isSet ? [{ path: `the option ${option}`, is, must: "left out" }] : [];
}
