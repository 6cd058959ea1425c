import { isLoader } from "../posture/loader";
import { kindOfType } from "../model/pod";
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
        const foundations = foundationsOf(posture).map((object) => find(stack, object)).filter((found) => found !== undefined);
        return stack.pods.filter((workload) => !isLoader(workload, posture)).flatMap(({ resource }) => {
            const before = stack.before(resource);
            return foundations.filter(({ urn }) => !before.has(urn)).map(({ type, name }) => ({
                resource,
                path: "dependsOn",
                is: `without the ${kindOfType(type)} ${name}`,
                must: "with it",
            }));
        });
    },
};
