import { LOADER, isLoader } from "../model/loader";
import { metadata } from "../model/stack";
import { kubernetes } from "./references";
import type { StackRule } from "./rule";

/** What has to stand before a workload may start, and the measure that would be missing meanwhile. */
const FIRST = ["Namespace", "ResourceQuota", "LimitRange", "PriorityClass", "DaemonSet"];

export const confinedBeforeStart: StackRule = {
    scope: "stack",
    name: "confined-before-start",
    measures: ["admission", "apparmor", "cpu", "memory"],
    severity: "high",
    needs: "pulumi",
    description: "Every workload waits for what confines it: its namespace, quota, limit range and priority class, and the profile loader.",
    rationale: "Pulumi deploys in the order of dependencies; a pod that starts before its measures runs without them for a while.",
    remediation: "Have the workload depend on the sandbox and on the profile loader.",
    references: [kubernetes("concepts/configuration/overview/")],
    check: (stack, posture) => {
        const measures = FIRST.flatMap((kind) => stack.ofKind(kind)).filter((measure) => {
            const namespace = metadata(measure, "namespace") ?? metadata(measure, "name");
            const isSandbox = namespace === posture.namespace || namespace === posture.priorityClass;
            return isSandbox || (namespace === posture.loaderNamespace && metadata(measure, "name") === LOADER.name);
        });
        return stack.pods.filter((workload) => !isLoader(workload, posture)).flatMap(({ resource }) => {
            const before = stack.before(resource);
            return measures.filter((measure) => !before.has(measure.urn)).map((measure) => ({
                resource,
                path: "dependsOn",
                is: `without the ${measure.type.split(":").at(-1) ?? ""} ${measure.name}`,
                must: "with it",
            }));
        });
    },
};
