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

/** One demand of a selector on one label. */
interface Term {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly Value[];
}

/** All demands of a selector, which have to hold together; undefined where they can't be read. `matchLabels` is short for `In`. */
function termsOf(selector: Field): readonly Term[] | undefined {
    const wanted = labelsIn(field(selector, "matchLabels"));
    if (!isObject(selector.value) || wanted === undefined) {
        return undefined;
    }
    const terms = Object.entries(wanted).map(([key, value]): Term => ({ key, operator: "In", values: [value] }));
    for (const expression of entries(field(selector, "matchExpressions"))) {
        const [key, operator, values] = ["key", "operator", "values"].map((name) => field(expression, name).value);
        const readable = isUnset(values) || (Array.isArray(values) && values.every((value) => typeof value === "string"));
        if (typeof key !== "string" || typeof operator !== "string" || !Object.hasOwn(OPERATORS, operator) || !readable) {
            return undefined;
        }
        terms.push({ key, operator, values: values ?? [] });
    }
    return terms;
}

/**
 * Whether a label selector selects these labels; an empty selector selects everything.
 * @param anyValue labels that may have any value or none, whatever `labels` says, so that no demand on them rules anything out
 * @returns undefined where the selector can't be read
 */
export function selects(selector: Field, labels: Labels, anyValue: (key: string) => boolean = () => false): boolean | undefined {
    return termsOf(selector)?.every(({ key, operator, values }) => anyValue(key) || OPERATORS[operator]?.(Object.hasOwn(labels, key) ? labels[key] : undefined, values) === true);
}

/** The labels that a selector demands one certain value of; none where it can't be read. */
export function demandedBy(selector: Field): Labels {
    const certain = (termsOf(selector) ?? []).filter(({ operator, values }) => operator === "In" && new Set(values).size === 1);
    return Object.fromEntries(certain.map(({ key, values: [value] }) => [key, value as string]));
}

/** Whether a selector demands at least these labels: it then selects no more than they do, because other demands only narrow. */
export function demands(selector: Field, least: Labels): boolean {
    const demanded = demandedBy(selector);
    return Object.entries(least).every(([key, value]) => Object.hasOwn(demanded, key) && demanded[key] === value);
}
