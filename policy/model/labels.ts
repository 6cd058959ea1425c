import { entries, field, isObject, isUnset, type Field } from "./read";
import type { Value } from "./resource";

export type Labels = Readonly<Record<string, string>>;

/** The labels in a field; undefined where they can't be read. */
export function labelsIn({ value }: Field): Labels | undefined {
    if (isUnset(value)) {
        return {};
    }
    const readable = isObject(value) && Object.values(value).every((label) => typeof label === "string");
    return readable ? (value as Labels) : undefined;
}

/** How Kubernetes reads each operator of a selector: `values` are the expression's, `label` is undefined where there is none. */
const OPERATORS: Readonly<Record<string, (label: string | undefined, values: readonly Value[]) => boolean>> = {
    In: (label, values) => label !== undefined && values.includes(label),
    NotIn: (label, values) => label === undefined || !values.includes(label),
    Exists: (label) => label !== undefined,
    DoesNotExist: (label) => label === undefined,
};

/**
 * Whether a label selector selects these labels; an empty selector selects everything.
 * @returns undefined where the selector can't be read
 */
export function selects(selector: Field, labels: Labels): boolean | undefined {
    const wanted = labelsIn(field(selector, "matchLabels"));
    if (!isObject(selector.value) || wanted === undefined) {
        return undefined;
    }
    const expressions = entries(field(selector, "matchExpressions")).map((expression) => {
        const [key, operator, values] = ["key", "operator", "values"].map((name) => field(expression, name).value);
        const holds = typeof operator === "string" && Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
        const readable = typeof key === "string" && holds !== undefined && (isUnset(values) || (Array.isArray(values) && values.every((value) => typeof value === "string")));
        return readable ? holds(Object.hasOwn(labels, key) ? labels[key] : undefined, Array.isArray(values) ? values : []) : undefined;
    });
    if (expressions.includes(undefined)) {
        return undefined;
    }
    return Object.entries(wanted).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value) && expressions.every(Boolean);
}

/** Whether a selector demands at least these labels, by `matchLabels`: it then selects no more than they do. Expressions only narrow. */
export function demands(selector: Field, least: Labels): boolean {
    const wanted = labelsIn(field(selector, "matchLabels"));
    return isObject(selector.value) && wanted !== undefined && Object.entries(least).every(([key, value]) => Object.hasOwn(wanted, key) && wanted[key] === value);
}
