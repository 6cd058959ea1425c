import { subjectOf, type Finding, type KubernetesObject } from "./finding";

/**
 * Fields that somebody has set on an object after it was made, and that the program doesn't: a second container, a label, a rule. Pulumi
 * passes over them, because it only looks at what it manages itself; the API server keeps a record of who has set which field.
 * @param live the object as the cluster has it @param wanted the object as the program has it
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function added(live: KubernetesObject, wanted: object): Finding[] {
    const { creationTimestamp, managedFields = [] } = live.metadata ?? {};
    const details = managedFields
        // At its creation an object gets the API server's defaults too; its status is the controllers'.
        .filter(({ time, subresource }) => time !== creationTimestamp && subresource !== "status")
        .flatMap(({ manager = "somebody", fieldsV1 = {} }) => missing(fieldsV1, wanted, "").map((path) => `${path}, by ${manager}`));
    return details.length === 0 ? [] : [{ what: "added", subject: subjectOf(live), details }];
}

/** Paths of those fields that a value hasn't got; where a whole object or item is missing, only its own. */
function missing(fields: object, value: unknown, path: string): string[] {
    return Object.entries(fields).flatMap(([key, inner]) => {
        if (key === ".") {
            return [];
        }
        const [child, step] = childOf(value, key);
        const whole = `${path}${step}`.replace(/^\./, "");
        return child === undefined ? [whole] : missing(inner as object, child, whole);
    });
}

/** What a key of `fieldsV1` stands for: `f:` a field, `k:` an item by its keys, `v:` an item by its value, `i:` one by its index. */
function childOf(value: unknown, key: string): [child: unknown, step: string] {
    const [kind, name] = [key.slice(0, 2), key.slice(2)];
    const items = Array.isArray(value) ? value as unknown[] : [];
    if (kind === "f:") {
        return [(value as Record<string, unknown> | null | undefined)?.[name], /^\w+$/.test(name) ? `.${name}` : `["${name}"]`];
    }
    if (kind === "k:") {
        const keys = Object.entries(JSON.parse(name) as Record<string, unknown>);
        // What the program leaves out of a key has its default there.
        const found = items.find((item) => keys.every(([field, wanted]) => ((item as Record<string, unknown>)[field] ?? wanted) === wanted));
        return [found, `[${keys.map(([field, wanted]) => `${field}=${String(wanted)}`).join(",")}]`];
    }
    return [kind === "v:" ? items.find((item) => JSON.stringify(item) === name) : items[Number(name)], `[${name}]`];
}
