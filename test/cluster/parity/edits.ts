import type { Properties } from "../../project";

/** New values by path, e.g. `spec.containers[0].image`; `{"$remove": true}` takes away. */
export type Edits = Readonly<Record<string, unknown>>;

const isRemoval = (value: unknown): boolean => typeof value === "object" && value !== null && "$remove" in value;

/** A copy with the edits made. */
export function edit(object: Properties, edits: Edits = {}): Properties {
    const copy = structuredClone(object);
    for (const [path, value] of Object.entries(edits)) {
        const keys = [...path.matchAll(/\["([^"]+)"\]|([^.[\]]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
        const last = keys.pop() ?? "";
        const holder = keys.reduce<Properties>((inner, key) => (inner[key] ??= {}) as Properties, copy);
        if (!isRemoval(value)) {
            holder[last] = value;
        } else if (Array.isArray(holder)) {
            holder.splice(Number(last), 1);
        } else {
            Reflect.deleteProperty(holder, last);
        }
    }
    return copy;
}
