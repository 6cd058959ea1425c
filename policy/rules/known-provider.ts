import { describeName } from "../model/message";
import { PROVIDER_TYPE } from "../model/kinds";
import { field, isUnset, members, type Field } from "../model/read";
import type { Value } from "../model/resource";
import { demand, forbid, oneOf } from "./kit/demand";
import { pulumi } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

/** What a provider may be told, and how; Node.js sends booleans as text. Without a context it takes whichever one the kubeconfig is at. */
const SETTINGS: readonly (readonly [name: string, must: string, holds: (value: Value) => boolean])[] = [
    ["context", "the name of the stack's cluster", (value) => typeof value === "string" && value !== ""],
    ["cluster", "a text or left out", (value) => isUnset(value) || typeof value === "string"],
    ["kubeconfig", "a text or left out", (value) => isUnset(value) || typeof value === "string"],
    ["enableConfigMapMutable", "true", oneOf(true, "true")],
    ["enableServerSideApply", "true or left out", (value) => isUnset(value) || oneOf(true, "true")(value)],
];
/** Set by the engine, or without bearing on what is deployed. */
const HARMLESS = ["version", "suppressDeprecationWarnings", "suppressHelmHookWarnings"];

export const knownProvider: ResourceRule = {
    scope: "resource",
    name: "known-provider",
    measures: ["admission"],
    severity: "critical",
    needs: "pulumi",
    description: "Objects go to a named cluster through the Kubernetes provider, by server-side apply.",
    rationale: "A provider can write manifests to a folder instead of applying them, skip a cluster that it can't reach, or overwrite what others own: the preview then shows what never comes true. A ConfigMap that isn't mutable is gone while it is replaced, and with it the parameters of the admission policies.",
    remediation: "Create one kubernetes.Provider with a context and enableConfigMapMutable, pass it to every resource, and leave all other settings out.",
    references: [pulumi("iac/concepts/resources/providers/")],
    check: ({ type, props, provider }, { kubeContext }) => {
        if (type === PROVIDER_TYPE) {
            const whole = { path: "", value: props };
            const known = [...SETTINGS.map(([name]) => name), ...HARMLESS];
            return [
                ...SETTINGS.flatMap(([name, must, holds]) => demand(field(whole, name), must, holds)),
                ...(kubeContext === undefined ? [] : pinned(whole, kubeContext)),
                ...members(whole).filter(({ key }) => !known.includes(key)).flatMap((setting) => forbid(setting)),
            ];
        }
        const expected = type.startsWith("kubernetes:") ? [PROVIDER_TYPE, undefined] : [undefined];
        return demand({ path: "the type of its provider", value: provider?.type }, PROVIDER_TYPE, oneOf(...expected), describeName);
    },
};

/** A context leads where the kubeconfig of whoever runs Pulumi says, unless the program brings another. */
function pinned(whole: Field, kubeContext: string): Violation[] {
    return [
        ...demand(field(whole, "context"), `"${kubeContext}", which the posture names`, oneOf(kubeContext)),
        ...["cluster", "kubeconfig"].flatMap((name) => demand(field(whole, name), "left out, because the posture names a context", isUnset)),
    ];
}
