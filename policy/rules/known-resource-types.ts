import { describeName } from "../model/message";
import { COMPONENT_TYPE, KNOWN_KINDS, PROVIDER_TYPE, STACK_TYPE } from "../model/kinds";
import { field, fieldOf } from "../model/read";
import type { Resource } from "../model/resource";
import { demand, oneOf } from "./kit/demand";
import { kubernetes, pulumi } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

/** What to do instead, for the types that people most likely come with. */
const INSTEAD: readonly (readonly [type: RegExp, instead: string])[] = [
    [/^kubernetes:helm/, "the chart's objects, each declared in the program"],
    [/^kubernetes:(yaml|kustomize)/, "the objects of the files, each declared in the program"],
    [/Patch$/, "the whole object, declared where it is made"],
    [/List$/, "its items, each declared on its own"],
    [/^kubernetes:apiextensions/, "a kind that the pack has rules for; other network and admission extensions can undo the measures"],
    [/^kubernetes:core\/v1:(Secret|PersistentVolume)/, "nothing: the sandbox keeps no secrets and no data"],
    [/^kubernetes:core\/v1:(Pod|PodTemplate|ReplicationController)$|^kubernetes:(apps|batch)\//, "a Deployment of an approved service"],
    [/^kubernetes:rbac/, "nothing: no workload here talks to the Kubernetes API"],
    [/^kubernetes:(networking.*:Ingress|gateway|discovery|core\/v1:Endpoints)/, "a Service with a selector, and an edge in the NetworkPolicies"],
    [/^pulumi:providers:/, "the Kubernetes provider of this project"],
];
const OTHERWISE = "one of the kinds that this project approves";

export const knownResourceTypes: ResourceRule = {
    scope: "resource",
    name: "known-resource-types",
    measures: ["admission"],
    severity: "critical",
    needs: "posture",
    description: "The stack is made of known kinds of resources, and each is what its type says.",
    rationale: "The rules judge the kinds that they know. Any other kind is a way around all of them.",
    remediation: "Declare the object as one of the known kinds, or have the kind added to the pack together with rules for it.",
    references: [pulumi("iac/crossguard/"), kubernetes("concepts/overview/working-with-objects/")],
    check: (resource) => {
        const known = KNOWN_KINDS.get(resource.type);
        if (known !== undefined) {
            const whole = fieldOf(resource.props);
            return [
                ...demand(field(whole, "apiVersion"), `"${known.apiVersion}", as its type says`, oneOf(known.apiVersion), describeName),
                ...demand(field(whole, "kind"), `"${known.kind}", as its type says`, oneOf(known.kind), describeName),
            ];
        }
        return isPlumbing(resource) ? [] : refused(resource.type);
    },
};

function isPlumbing({ type, provider }: Resource): boolean {
    return type === PROVIDER_TYPE || (provider === undefined && (type === STACK_TYPE || COMPONENT_TYPE.test(type)));
}

function refused(type: string): Violation[] {
    const instead = INSTEAD.find(([pattern]) => pattern.test(type))?.[1] ?? OTHERWISE;
    return [{ path: "its type", is: `"${type}"`, must: instead }];
}
