import { pulumi } from "./kit/references";
import type { StackRule } from "./rule";

export const singleCluster: StackRule = {
    scope: "stack",
    name: "single-cluster",
    measures: ["admission"],
    severity: "critical",
    needs: "pulumi",
    description: "All objects of the stack are made by one provider, so that they stand in one cluster.",
    rationale: "A quota, a default deny or a profile loader in another cluster looks right in a preview and confines nothing in this one.",
    remediation: "Pass the same kubernetes.Provider to every resource.",
    references: [pulumi("iac/concepts/resources/providers/")],
    check: ({ resources }) => {
        const objects = resources.filter(({ type }) => type.startsWith("kubernetes:"));
        const [first] = objects;
        return objects.filter(({ provider }) => provider?.urn !== first?.provider?.urn).map((resource) => ({
            resource,
            path: "its provider",
            is: resource.provider?.name ?? "not set",
            must: `the same as that of ${first?.name ?? ""}, ${first?.provider?.name ?? "not set"}`,
        }));
    },
};
