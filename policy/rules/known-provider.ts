import { describeName } from "../model/message";
import { PROVIDER_TYPE } from "../model/kinds";
import { field, type Field, fieldOf, isUnset, members } from "../model/read";
import type { Value } from "../model/resource";
import type { Violation } from "../model/violation";
import type { Posture } from "../posture/posture";
import { demand, forbid, oneOf, unsetOr } from "./kit/demand";
import { pulumi } from "./kit/references";
import type { ResourceRule } from "./rule";

/** What a provider may be told, and how; Node.js sends booleans as text. */
const SETTINGS: readonly (readonly [name: string, must: string, holds: (value: Value) => boolean])[] = [
    ["enableConfigMapMutable", "true", oneOf(true, "true")],
    ["enableServerSideApply", "true or left out", unsetOr(true, "true")],
    ["skipUpdateUnreachable", "false or left out", unsetOr(false, "false")],
    ["deleteUnreachable", "false or left out", unsetOr(false, "false")],
];
/** Judged by themselves below, or set by the engine. */
const OTHERS = ["context", "kubeconfig", "version", "suppressDeprecationWarnings", "suppressHelmHookWarnings"];

export const knownProvider: ResourceRule = {
    scope: "resource",
    name: "known-provider",
    measures: ["admission"],
    severity: "critical",
    needs: "pulumi",
    description: "Objects go to one of the posture's clusters, by the kubeconfig of whoever runs Pulumi, through the Kubernetes provider, by server-side apply.",
    rationale: "A kubeconfig of the program's own may run any program to log in; a provider can write manifests to a folder instead of applying them, or skip a cluster that it can't reach: the preview then shows what never comes true. A ConfigMap that isn't mutable is gone while it is replaced, and with it the parameters of the admission policies.",
    remediation: "Create one kubernetes.Provider with a context of the posture's clusters and enableConfigMapMutable, pass it to every resource, and leave all other settings out.",
    references: [pulumi("iac/concepts/resources/providers/")],
    check: ({ type, props, provider }, posture) => {
        if (type === PROVIDER_TYPE) {
            const whole = fieldOf(props);
            const known = [...SETTINGS.map(([name]) => name), ...OTHERS];
            return [
                ...SETTINGS.flatMap(([name, must, holds]) => demand(field(whole, name), must, holds)),
                ...leadsTo(whole, posture),
                ...members(whole).filter(({ key, value }) => !known.includes(key) && !isUnset(value)).flatMap((setting) => forbid(setting)),
            ];
        }
        // A component may call itself what it likes: without a provider, nothing makes the object.
        const expected = type.startsWith("kubernetes:") ? PROVIDER_TYPE : undefined;
        return demand({ path: "the type of its provider", value: provider?.type }, expected === undefined ? "none" : PROVIDER_TYPE, oneOf(expected), describeName);
    },
};

/** A context leads where the kubeconfig of whoever runs Pulumi says, unless the program brings another. */
function leadsTo(whole: Field, { clusters, surroundings: { kubeconfig, clusterId } }: Posture): Violation[] {
    const contexts = clusters.map(({ context }) => context);
    const isTheirs = (value: Value): boolean => isUnset(value) || value === kubeconfig;
    const ids = clusters.filter(({ context }) => context === field(whole, "context").value).map(({ id }) => id);
    const isThis = clusterId === undefined || ids.length === 0 || ids.some((id) => id === undefined || id === clusterId);
    return [
        ...demand({ path: "the stack's clusterId", value: clusterId }, `${ids.map((id) => `"${id ?? ""}"`).join(" or ")}, which the posture names for its context`, () => isThis, describeName),
        ...demand(field(whole, "context"), `one of the posture's clusters (${contexts.map((context) => `"${context}"`).join(", ") || "it names none"})`, oneOf(...contexts), describeName),
        ...demand(field(whole, "kubeconfig"), "left out, or the KUBECONFIG of whoever runs Pulumi", isTheirs),
    ];
}
