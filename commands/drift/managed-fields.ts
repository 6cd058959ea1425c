import type { KubernetesObject } from "./finding";

/** Path below an object: names of fields, and places in lists. */
export type Path = readonly (string | number)[];

type Entry = NonNullable<NonNullable<KubernetesObject["metadata"]>["managedFields"]>[number];

/**
 * What a key of `fieldsV1` stands for: `f:` a field, `k:` an item by its keys, `v:` an item by its value, `i:` one by its index.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function childOf(value: unknown, key: string): [child: unknown, step: string] {
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

/** `by kubectl-edit, who wrote last at 2026-11-25T00:01:00Z`: a manager's time is that of all its fields together. */
export function byWhom({ manager = "somebody", time }: Entry): string {
    return `by ${manager}${time === undefined ? "" : `, who wrote last at ${time}`}`;
}

/** Who has set a field of an object, in words; nobody of what isn't there any more. */
export function writersOf(live: KubernetesObject, path: Path): string[] {
    const { managedFields = [] } = live.metadata ?? {};
    return managedFields.filter(({ subresource, fieldsV1 = {} }) => subresource !== "status" && hasSet(fieldsV1, live, path)).map(byWhom);
}

function hasSet(fields: object, value: unknown, [step, ...rest]: Path): boolean {
    // Whoever has set a whole list or object at once has set all that is in it.
    if (step === undefined || (Object.keys(fields).length === 0 && value !== undefined)) {
        return true;
    }
    const child = (value as Record<string | number, unknown> | null | undefined)?.[step];
    const inner = Object.entries(fields).find(([key]) => (typeof step === "string" ? key === `f:${step}` : /^[kvi]:/.test(key) && childOf(value, key)[0] === child));
    return inner !== undefined && child !== undefined && hasSet(inner[1] as object, child, rest);
}
