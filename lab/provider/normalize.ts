import { EMPTY_LIST_IS_KEPT, EMPTY_TEXT_IS_KEPT, FALSE_IS_UNSET, isBuiltin, MAPS, QUANTITIES, ZERO_IS_UNSET } from "./builtin";
import { groupOf, type KubernetesObject } from "./object";
import { canonicalQuantity } from "./quantity";
import { holdsUnknown, isMap, without, type Value, type Values } from "./values";

/** Metadata that only the API server writes. */
const READ_ONLY = ["creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation", "managedFields", "resourceVersion", "uid"];

function isQuantity(path: readonly string[]): boolean {
    return QUANTITIES.some((end) => end.length <= path.length && end.every((key, index) => key === "*" || key === path[path.length - end.length + index]));
}

/** Whether the API server leaves this value out of what it gives back. */
function isLeftOut(path: readonly string[], value: Value): boolean {
    const key = path.at(-1) ?? "";
    // Keys of the user's own, such as those of a ConfigMap.
    if (MAPS.has(path.at(-2) ?? "")) {
        return false;
    }
    switch (typeof value) {
        case "string":
            return value === "" && !EMPTY_TEXT_IS_KEPT.has(key);
        case "boolean":
            return !value && FALSE_IS_UNSET.has(key);
        case "number":
            return value === 0 && ZERO_IS_UNSET.has(key);
        default:
            return Array.isArray(value) ? value.length === 0 && !EMPTY_LIST_IS_KEPT.has(key) : MAPS.has(key) && isMap(value) && Object.keys(value).length === 0;
    }
}

function asStored(path: readonly string[], value: Value): Value {
    if (Array.isArray(value)) {
        return value.map((item) => asStored(path, item));
    }
    if (isMap(value)) {
        const kept = Object.entries(value).filter(([key, inner]) => !isLeftOut([...path, key], inner));
        return Object.fromEntries(kept.map(([key, inner]) => [key, asStored([...path, key], inner)]));
    }
    return (typeof value === "string" || typeof value === "number") && isQuantity(path) ? canonicalQuantity(String(value)) : value;
}

/**
 * The inputs as the API server would give them back: two spellings of the same are no difference. Inputs with unknowns stay as they are.
 * @param inputs without marks of secrets
 */
export function normalize(inputs: KubernetesObject): KubernetesObject {
    const stored = isBuiltin(groupOf(inputs)) && !holdsUnknown(inputs) ? asStored([], inputs) as Values : inputs;
    return READ_ONLY.reduce((object, key) => without(object, ["metadata", key]), stored);
}
