import { parsePath } from "./paths";
import type { KubernetesObject } from "./object";
import { at, isMap, listAt, textAt, without, withValue, type Value, type Values } from "./values";

/** Name under which this provider creates objects, as the official one does; an update then makes the fields the resource's own. */
export const CREATOR = "pulumi-kubernetes";

/** Beginnings of the names of those whose changes an update takes back: earlier versions of Pulumi, and people with `kubectl`. */
const TAKEN_OVER: readonly { readonly manager: string; readonly operation: "Apply" | "Update" }[] = [
    { manager: "kubectl", operation: "Apply" },
    { manager: "kubectl", operation: "Update" },
    { manager: "before-first-apply", operation: "Update" },
    { manager: CREATOR, operation: "Update" },
    { manager: "pulumi-resource-kubernetes", operation: "Update" },
];

function isTakenOver(entry: Value): boolean {
    return textAt(entry, "subresource") === ""
        && TAKEN_OVER.some(({ manager, operation }) => textAt(entry, "operation") === operation && textAt(entry, "manager").startsWith(manager));
}

function merge(one: Value | undefined, other: Value | undefined): Value {
    if (!isMap(one) || !isMap(other)) {
        return one ?? other ?? {};
    }
    return Object.fromEntries([...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => [key, merge(one[key], other[key])]));
}

/**
 * The object's `managedFields` with what others hold given to `manager`, so that its apply meets no conflict with them.
 * @returns undefined where there is nothing to take over
 */
export function takeOver(live: KubernetesObject, manager: string): Value[] | undefined {
    const entries = listAt(live, "metadata", "managedFields");
    const isOwn = (entry: Value): boolean => textAt(entry, "manager") === manager && textAt(entry, "operation") === "Apply";
    const taken = entries.filter((entry) => isTakenOver(entry) && !isOwn(entry));
    if (taken.length === 0) {
        return undefined;
    }
    const [first, ...others] = [...entries.filter(isOwn), ...taken] as Values[];
    const fieldsV1 = others.reduce<Value>((fields, entry) => merge(fields, entry["fieldsV1"]), first?.["fieldsV1"] ?? {});
    return [...entries.filter((entry) => !isOwn(entry) && !taken.includes(entry)), { ...first, manager, operation: "Apply", fieldsV1 }];
}

/** Whether Pulumi made the object with a plain create: its own earlier self is no reason for a conflict in a preview. */
export const isFreshlyCreated = (live: KubernetesObject): boolean => listAt(live, "metadata", "managedFields")
    .some((entry) => textAt(entry, "operation") === "Update" && [CREATOR, "pulumi-resource-kubernetes"].includes(textAt(entry, "manager")));

function owns(entry: Value, path: readonly string[]): boolean {
    return at(entry, "fieldsV1", ...path.map((key) => `f:${key}`)) !== undefined;
}

/**
 * The inputs with what the program ignores left as it is: not mentioned where somebody else manages it, else at its live value.
 * Fields inside of lists stay as the program has them.
 */
export function leaveIgnored(inputs: KubernetesObject, live: KubernetesObject, ignoreChanges: readonly string[], manager: string): KubernetesObject {
    const entries = listAt(live, "metadata", "managedFields");
    return ignoreChanges.map(parsePath).reduce((object, path) => {
        const own = entries.filter((entry) => textAt(entry, "manager") === manager).some((entry) => owns(entry, path));
        const others = entries.filter((entry) => textAt(entry, "manager") !== manager).some((entry) => owns(entry, path));
        if (others && !own) {
            return without(object, path);
        }
        const value = at(live, ...path);
        return value === undefined ? object : withValue(object, path, value);
    }, inputs);
}
