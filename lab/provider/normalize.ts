import { EMPTY_LIST_IS_KEPT, EMPTY_TEXT_IS_KEPT, FALSE_IS_UNSET, isBuiltin, MAPS, QUANTITIES, ZERO_IS_UNSET, type Tails } from "./builtin";
import { apiVersionOf, groupOf, kindOf, type KubernetesObject } from "./object";
import { canonicalQuantity } from "./quantity";
import { holdsUnknown, isMap, without, type Value, type Values } from "./values";

/** Metadata that only the API server writes. */
const READ_ONLY = ["creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation", "managedFields", "resourceVersion", "uid"];

function endsWith(path: readonly string[], tails: Tails): boolean {
    return tails.some((tail) => tail.length <= path.length && tail.every((key, index) => key === "*" || key === path[path.length - tail.length + index]));
}

/** Whether the API server leaves this value out of what it gives back. */
function isLeftOut(path: readonly string[], value: Value): boolean {
    switch (typeof value) {
        case "string":
            return value === "" && !endsWith(path, EMPTY_TEXT_IS_KEPT);
        case "boolean":
            return !value && endsWith(path, FALSE_IS_UNSET);
        case "number":
            return value === 0 && endsWith(path, ZERO_IS_UNSET);
        default:
            return Array.isArray(value) ? value.length === 0 && !endsWith(path, EMPTY_LIST_IS_KEPT) : isMap(value) && Object.keys(value).length === 0 && endsWith(path, MAPS);
    }
}

function asStored(path: readonly string[], value: Value): Value {
    if (Array.isArray(value)) {
        return value.map((item) => asStored(path, item));
    }
    if (isMap(value)) {
        // Keys of the user's own, such as those of a ConfigMap, stay whatever their values are.
        const isFree = endsWith(path, MAPS);
        const kept = Object.entries(value).filter(([key, inner]) => isFree || !isLeftOut([...path, key], inner));
        return Object.fromEntries(kept.map(([key, inner]) => [key, asStored([...path, key], inner)]));
    }
    return (typeof value === "string" || typeof value === "number") && endsWith(path, QUANTITIES) ? canonicalQuantity(String(value)) : value;
}

/** A Secret's text, in the encoding in which the API server gives it back. */
function encodeText(secret: KubernetesObject): KubernetesObject {
    const { stringData, ...rest } = secret;
    if (apiVersionOf(secret) !== "v1" || kindOf(secret) !== "Secret" || !isMap(stringData)) {
        return secret;
    }
    const encoded = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(String(text)).toString("base64")]);
    return { ...rest, data: { ...isMap(rest["data"]) ? rest["data"] : {}, ...Object.fromEntries(encoded) as Values } };
}

/**
 * The inputs as the API server would give them back: two spellings of the same are no difference. Inputs with unknowns stay as they are.
 * @param inputs without marks of secrets
 */
export function normalize(inputs: KubernetesObject): KubernetesObject {
    const stored = isBuiltin(groupOf(inputs)) && !holdsUnknown(inputs) ? encodeText(asStored([kindOf(inputs)], inputs) as Values) : inputs;
    return READ_ONLY.reduce((object, key) => without(object, ["metadata", key]), stored);
}
