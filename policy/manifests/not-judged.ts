import { isKnownKind } from "../model/kinds";
import type { Resource } from "../model/resource";
import { kubernetes } from "../rules/kit/references";
import { knownResourceTypes } from "../rules/known-resource-types";
import type { ResourceRule, Rule } from "../rules/rule";

/** Tells objects that no rule has looked into, so that nobody takes their silence for a pass. Counts as a rule only where that is asked for. */
export const notJudged: ResourceRule = {
    scope: "resource",
    name: "not-judged",
    measures: ["admission"],
    severity: "high",
    description: "Every object is of a kind that the rules know.",
    rationale: "Nothing has looked into it: whatever it runs, opens or allows, may be against every rule.",
    remediation: "Judge what becomes of it in the cluster, such as the pods that its controller makes, or review it by hand; with --live, check takes the manifests for read from a cluster.",
    references: [kubernetes("concepts/overview/working-with-objects/")],
    check: (resource) => (isKnownKind(resource) ? [] : [{ path: "its kind", is: `${kindInWords(resource)}, which no rule knows`, must: "one that the rules know" }]),
};

/** What a field is that would be a violation if the object weren't believed. */
export const BELIEVED = "which a cluster chose if what the object says is true";

/** Whether some rule refuses every kind that isn't known, so that none goes unjudged. */
export function refusesUnknown(rules: readonly Rule[]): boolean {
    return rules.some(({ name }) => name === knownResourceTypes.name || name === notJudged.name);
}

/** `Rollout of argoproj.io/v1alpha1` */
export function kindInWords({ props }: Resource): string {
    return `${String(props["kind"])} of ${String(props["apiVersion"])}`;
}
