import { describeName } from "../model/message";
import { KNOWN_KINDS } from "../model/kinds";
import { field } from "../model/read";
import { demand, forbid, oneOf } from "./kit/demand";
import { cis, kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const knownNamespaces: ResourceRule = {
    scope: "resource",
    name: "known-namespaces",
    measures: ["admission", "network"],
    severity: "critical",
    needs: "posture",
    description: "Every object stands in the sandbox's namespace or in the profile loader's, under a name written out.",
    rationale: "Quota, default deny and pod security belong to a namespace; in another one none of them holds.",
    remediation: "Set metadata.namespace to the stack's namespace, and metadata.name to a name of its own.",
    references: [kubernetes("concepts/overview/working-with-objects/namespaces/"), cis("5.7.1"), cis("5.7.4")],
    check: (resource, posture) => {
        const known = KNOWN_KINDS.get(resource.type);
        if (known === undefined) {
            return [];
        }
        const metadata = field({ path: "", value: resource.props }, "metadata");
        const approved = [posture.namespace, posture.loaderNamespace];
        const words = approved.map((name) => `"${name}"`).join(" or ");
        return [
            ...demand(field(metadata, "name"), "a name", (name) => typeof name === "string" && name !== "", describeName),
            ...forbid(field(metadata, "generateName")),
            ...(known.namespaced ? demand(field(metadata, "namespace"), words, oneOf(...approved), describeName) : []),
            ...(known.kind === "Namespace" ? demand(field(metadata, "name"), words, oneOf(...approved), describeName) : []),
        ];
    },
};
