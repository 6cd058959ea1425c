import { isLoader } from "../posture/loader";
import { find, foundationsOf } from "../posture/required";
import { kubernetes } from "./kit/references";
import type { StackRule } from "./rule";

export const confinedBeforeStart: StackRule = {
    scope: "stack",
    name: "confined-before-start",
    measures: ["admission", "apparmor", "cpu", "memory"],
    severity: "high",
    needs: "pulumi",
    description: "Every workload waits for what confines it: the namespaces, quota, limit range and priority class, and the loader with its profiles.",
    rationale: "Pulumi deploys in the order of dependencies; a pod that starts before its measures runs without them for a while.",
    remediation: "Have the workload depend on the sandbox and on the profile loader.",
    references: [kubernetes("concepts/configuration/overview/")],
    check: (stack, posture) => {
        const foundations = foundationsOf(posture).flatMap((required) => find(stack, required).map((foundation) => ({ kind: required.kind, foundation })));
        return stack.pods.filter((workload) => !isLoader(workload, posture)).flatMap(({ resource }) => {
            const before = stack.before(resource);
            return foundations.filter(({ foundation }) => !before.has(foundation.urn)).map(({ kind, foundation }) => ({
                resource,
                path: "dependsOn",
                is: `without the ${kind} ${foundation.name}`,
                must: "with it",
            }));
        });
    },
};
