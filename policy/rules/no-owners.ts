import { fieldOf } from "../model/read";
import { demand, isEmpty } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const noOwners: ResourceRule = {
    scope: "resource",
    name: "no-owners",
    measures: ["network", "admission"],
    severity: "critical",
    description: "No object belongs to another one, and none outlives its deletion.",
    rationale: "Kubernetes deletes an object whose owner isn't there, a moment after the update: a default deny or a quota is then gone that the preview shows. A finalizer keeps what is deleted, or its pods.",
    remediation: "Remove ownerReferences and finalizers from the object's metadata; Kubernetes' own controllers write them where they are needed.",
    references: [kubernetes("concepts/overview/working-with-objects/owners-dependents/"), kubernetes("concepts/overview/working-with-objects/finalizers/")],
    check: ({ props }) => ["ownerReferences", "finalizers"].flatMap((name) => demand(fieldOf(props, "metadata", name), "left out", isEmpty)),
};
