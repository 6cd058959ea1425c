import { groupBy } from "../model/group";
import { KNOWN_KINDS } from "../model/kinds";
import { kindOfType } from "../model/pod";
import type { Resource } from "../model/resource";
import { metadata } from "../model/stack";
import { kubernetes } from "./kit/references";
import type { StackRule } from "./rule";

/** Whatever namespace such an object states, it stands in none. */
const CLUSTER_SCOPED = [...KNOWN_KINDS.values()].filter(({ namespaced }) => !namespaced).map(({ kind }) => kind);

export const uniqueNames: StackRule = {
    scope: "stack",
    name: "unique-names",
    measures: ["admission"],
    severity: "critical",
    needs: "posture",
    description: "No two resources of the stack are one object in the cluster: each has a kind, namespace and name of its own.",
    rationale: "Of two resources with the same kind, namespace and name, whichever is applied later stands alone: the other one is judged and never comes true.",
    remediation: "Remove one of the two, or give it another metadata.name.",
    references: [kubernetes("concepts/overview/working-with-objects/names/")],
    check: ({ resources }) => [...groupBy(resources.filter(({ type }) => type.startsWith("kubernetes:")), identitiesOf).values()].filter(({ length }) => length > 1).flatMap((same) =>
        // The engine says nothing of the order in which they will be applied, so that none of them is more at fault.
        same.map((resource) => ({
            resource,
            path: "metadata.name",
            is: `that of ${same.find((other) => other !== resource)?.name ?? ""} as well`,
            must: "a name of its own, as the later of the two would stand alone",
        })),
    ),
};

/** A patch is what it patches, and the stated kind is what the provider sends. A name or namespace that isn't known is refused by another rule. */
function identitiesOf(resource: Resource): string[] {
    const name = metadata(resource, "name");
    const kinds = [...new Set([kindOfType(resource.type), resource.props["kind"]])].filter((kind) => typeof kind === "string");
    return typeof name !== "string" ? [] : kinds.map((kind) => JSON.stringify([kind, CLUSTER_SCOPED.includes(kind) ? "" : String(metadata(resource, "namespace")), name]));
}
