import { isDefaultDeny } from "../../model/network/policy";
import { kindOfType } from "../../model/pod";
import { type Field, field, fieldOf, isObject } from "../../model/read";
import type { Resource, Value } from "../../model/resource";
import { metadata } from "../../model/stack";
import type { Posture } from "../posture";
import { differencesOf } from "./differences";
import { NONE } from "./file";
import { identityOf, isOfPulumi, placeInPulumi } from "./identity";
import { optionDifferences } from "./options";
import { opensOnlyApproved } from "./semantic";

/** An object that nobody has approved and that only narrows, wherever the stack's own objects stand. */
export interface Addition {
    readonly kind: string;
    readonly narrows: (resource: Resource, posture: Posture) => boolean;
    /** One sentence. */
    readonly why: string;
}

export const ADDITIONS: readonly Addition[] = [
    {
        kind: "ResourceQuota",
        narrows: (resource, posture) => isInSandbox(resource, posture) && hasOnly(spec(resource), ["hard"]),
        why: "Quotas add up: each bounds the sandbox once more. In the loader's namespace one could keep it from new nodes.",
    },
    {
        kind: "LimitRange",
        narrows: (resource, posture) => isInSandbox(resource, posture) && hasOnly(spec(resource), ["limits"]) && isOfBounds(fieldOf(spec(resource), "limits").value),
        why: "LimitRanges add up: each bounds what pods of the sandbox may have of CPU, memory and storage once more, as long as it sets no default or minimum.",
    },
    {
        kind: "NetworkPolicy",
        narrows: (resource, posture) => (isInStack(resource, posture) && isDenying(resource)) || (isInSandbox(resource, posture) && opensOnlyApproved(resource, posture)),
        why: "In the stack's own namespaces, a policy that opens nothing only denies, and one that opens what is approved opens nothing more.",
    },
    {
        kind: "ValidatingAdmissionPolicy",
        narrows: (resource, { namespace }) => String(metadata(resource, "name")).startsWith(`${namespace}-`),
        why: "Without a binding, which has to be approved, a policy judges nothing. Its name begins as the stack's own do, so that it takes over nobody else's.",
    },
];

/** Whether an object may be there though nobody has approved it: it narrows, and all else that it says is words. */
export function mayBeAdded(resource: Resource, posture: Posture): boolean {
    const kind = kindOfType(resource.type);
    const isNarrowing = ADDITIONS.some((addition) => addition.kind === kind && addition.narrows(resource, posture));
    return isNarrowing && isItself(resource) && isInNobodysPlace(resource, posture) && saysOnlyWords(resource, posture);
}

/** Beside its spec it has a name, labels that all approved objects have, and words; Pulumi is told nothing about it. */
function saysOnlyWords(resource: Resource, posture: Posture): boolean {
    const others = Object.entries(resource.props).filter(([key]) => !["apiVersion", "kind", "spec"].includes(key));
    const [name, namespace]: Value[] = [metadata(resource, "name"), metadata(resource, "namespace")];
    const labels = Object.fromEntries(Object.entries(commonLabels(posture)).filter(([key]) => fieldOf(resource.props, "metadata", "labels", key).value !== undefined));
    const own: Resource = { ...resource, props: { metadata: { name, namespace, ...(Object.keys(labels).length === 0 ? {} : { labels }) } }, options: NONE };
    const differences = [...differencesOf(own, { ...resource, props: Object.fromEntries(others) }, posture), ...optionDifferences(own, resource)];
    return differences.every(({ verdict }) => verdict !== "looser");
}

/** Labels that every approved object has, and so say nothing about any of them. */
function commonLabels({ objects }: Posture): { readonly [key: string]: Value } {
    const all = objects.filter(({ type }) => type.startsWith("kubernetes:")).map(({ props }) => fieldOf(props, "metadata", "labels").value);
    const [first] = all;
    return isObject(first) ? Object.fromEntries(Object.entries(first).filter(([key, value]) => all.every((labels) => isObject(labels) && labels[key] === value))) : {};
}

/** Where an approved object stands in Pulumi, another one takes its place: that is then deleted. */
function isInNobodysPlace(resource: Resource, { objects }: Posture): boolean {
    return !isOfPulumi(resource) || objects.every((object) => placeInPulumi(object) !== placeInPulumi(resource));
}

/** Under a name that isn't known, or as a patch, it may turn out to be an approved object, with other contents. */
function isItself(resource: Resource): boolean {
    return identityOf(resource) !== undefined && !resource.type.endsWith("Patch");
}

function isInStack(resource: Resource, { namespace, loaderNamespace }: Posture): boolean {
    return [namespace, loaderNamespace].some((each) => each === metadata(resource, "namespace"));
}

function isInSandbox(resource: Resource, { namespace }: Posture): boolean {
    return metadata(resource, "namespace") === namespace;
}

/** What a LimitRange bounds, by type: a bound of a device is a way to get one, as Kubernetes makes it the default. */
const BOUNDED: Readonly<Record<string, readonly string[]>> = {
    Container: ["cpu", "memory", "ephemeral-storage"],
    Pod: ["cpu", "memory", "ephemeral-storage"],
    PersistentVolumeClaim: ["storage"],
};

function isOfBounds(limits: Value): boolean {
    return Array.isArray(limits) && limits.every(isBounding);
}

function isBounding(limit: Value): boolean {
    const whole: Field = fieldOf(limit);
    const type = field(whole, "type").value;
    const amounts = typeof type === "string" && Object.hasOwn(BOUNDED, type) ? BOUNDED[type] : undefined;
    const bounds = ["max", "maxLimitRequestRatio"].map((key) => field(whole, key).value).filter((bound) => bound !== undefined);
    return amounts !== undefined && hasOnly(limit, ["type", "max", "maxLimitRequestRatio"]) && bounds.every((bound) => hasOnly(bound, amounts));
}

/** Opens nothing, whomever it selects. */
function isDenying(resource: Resource): boolean {
    const whole = spec(resource);
    const everybody: Resource = { ...resource, props: { ...resource.props, spec: { ...(isObject(whole) ? whole : {}), podSelector: {}, policyTypes: ["Ingress", "Egress"] } } };
    return isDefaultDeny(everybody) && hasOnly(whole, ["podSelector", "policyTypes", "ingress", "egress"]);
}

function spec({ props }: Resource): Value {
    return fieldOf(props, "spec").value;
}

function hasOnly(value: Value, keys: readonly string[]): boolean {
    return isObject(value) && Object.keys(value).every((key) => keys.includes(key));
}
