import { createHash } from "node:crypto";
import { keysOf, set } from "../policy/harness";
import type { Value } from "../../policy/model/resource";
import { tokenOf, UNKNOWN_VALUE, type Properties, type Registration } from "../project";
import type { Base } from "./base";
import type { Edit } from "./edit";

/** Whether a preview is to see it, or an update to make it: then what was unknown is known. */
export type Stage = "preview" | "update";

type Keys = readonly (string | number)[];

function child(value: unknown, key: string | number): unknown {
    return (value as Record<string | number, unknown> | undefined | null)?.[key];
}

/** The keys of a path in this object. One that ends with `*` stands for the only key that begins so: a profile's name changes with its text. */
function keysIn(object: unknown, path: string): Keys {
    return keysOf(path).reduce<{ readonly keys: Keys; readonly inner: unknown }>(({ keys, inner }, key) => {
        const full = typeof key === "string" && key.endsWith("*") ? onlyKey(inner, key.slice(0, -1)) : key;
        return { keys: [...keys, full], inner: child(inner, full) };
    }, { keys: [], inner: object }).keys;
}

function onlyKey(object: unknown, start: string): string {
    const [key, ...others] = Object.keys(object as object).filter((name) => name.startsWith(start));
    if (key === undefined || others.length > 0) {
        throw new Error(`${String(key === undefined ? 0 : others.length + 1)} keys begin with ${start}`);
    }
    return key;
}

/** What stands at a path, in words of the edits: `a.b[0]`. */
export function at(value: unknown, path: string): unknown {
    return keysIn(value, path).reduce(child, value);
}

/** Path of the edit in its target. */
export function pathOf({ under, path }: Edit): string {
    return [under, path].filter((part) => part !== undefined).join(".").replaceAll(".[", "[");
}

/** The resource that the edit makes of its target, or adds; undefined where it only takes one away. */
export function apply(base: Base, edit: Edit, stage: Stage): Registration | undefined {
    if (edit.drop === true) {
        return undefined;
    }
    if (edit.add !== undefined) {
        const object = filled(base, edit.add) as Properties;
        const type = edit.type ?? tokenOf(object);
        const isOurs = type.startsWith("kubernetes:") && edit.component !== true;
        return { name: edit.id, type, object, options: edit.options, component: edit.component, provider: isOurs ? base.providerName : undefined };
    }
    const target = base.registration(edit.target ?? "");
    const ofObject = edit.options === undefined && edit.without === undefined && edit.defaultProvider === undefined;
    return {
        ...target,
        object: ofObject ? edited(base, edit, target.object, stage) : target.object,
        options: edit.options,
        dependsOn: waitsOf(base, edit, target),
        provider: edit.defaultProvider === true ? undefined : target.provider,
    };
}

function waitsOf(base: Base, { id, without }: Edit, { name, dependsOn = [] }: Registration): readonly string[] {
    const dropped = without?.flatMap((other) => (other === "*" ? dependsOn : [base.registration(other).name])) ?? [];
    const missing = dropped.filter((other) => !dependsOn.includes(other));
    if (missing.length > 0) {
        throw new Error(`${id}: ${name} doesn't depend on ${missing.join(", ")}`);
    }
    return dependsOn.filter((other) => !dropped.includes(other));
}

function edited(base: Base, edit: Edit, object: unknown, stage: Stage): unknown {
    const path = pathOf(edit);
    if (edit.remove === true) {
        return removed(object, path);
    }
    if ("append" in edit) {
        const list = (at(object, path) ?? []) as unknown[];
        return put(object, path, [...list, filled(base, edit.append)]);
    }
    if (edit.replace !== undefined) {
        const text = replaced(edit.id, at(object, path), edit.replace);
        return path.endsWith("*\"]") ? withProfile(object, path, text) : put(object, path, text);
    }
    const known = filled(base, "unknown" in edit ? edit.unknown : edit.value);
    return put(object, path, "unknown" in edit && stage === "preview" ? UNKNOWN_VALUE : known);
}

/** Another text of a profile has another name, as the program renders it: the plain name and the first digits of the text's hash. */
function withProfile(object: unknown, path: string, text: string): unknown {
    const keys = keysIn(object, path);
    const old = String(keys.at(-1));
    const plain = old.replace(/-[0-9a-f]{12}$/, "");
    const original = text.replace(`profile ${old} `, `profile ${plain} `);
    const name = `${plain}-${createHash("sha256").update(original).digest("hex").slice(0, 12)}`;
    return set(put(object, path, undefined) as Value, [...keys.slice(0, -1), name], original.replace(`profile ${plain} `, `profile ${name} `));
}

function replaced(id: string, text: unknown, [from, to]: readonly [string, string]): string {
    if (typeof text !== "string" || text.split(from).length !== 2) {
        throw new Error(`${id}: "${from}" doesn't stand exactly once at the path`);
    }
    return text.replace(from, () => to);
}

function put(object: unknown, path: string, value: unknown): unknown {
    return set(object as Value, keysIn(object, path), value as Value);
}

function removed(object: unknown, path: string): unknown {
    const keys = keysIn(object, path);
    const last = keys.at(-1);
    const holder = keys.slice(0, -1).reduce(child, object);
    return Array.isArray(holder)
        ? set(object as Value, keys.slice(0, -1), holder.filter((_, index) => index !== last) as Value)
        : put(object, path, undefined);
}

/** A value of the data, with `{ $copy: "Deployment orchestrator spec.template", set: { path: value } }` filled in from the program. */
function filled(base: Base, value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map((entry) => filled(base, entry));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (!("$copy" in value)) {
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(base, inner)]));
    }
    const { $copy, set: changes = {}, remove = [] } = value as { $copy: string; set?: Properties; remove?: string[] };
    const [kind = "", name = "", path = ""] = $copy.split(" ");
    const copy = at(base.registration(`${kind} ${name}`).object, path);
    if (copy === undefined) {
        throw new Error(`nothing stands at ${$copy}`);
    }
    const changed = Object.entries(changes).reduce<unknown>((object, [place, inner]) => put(object, place, filled(base, inner)), copy);
    return remove.reduce(removed, changed);
}

/** Whether two paths are of one place, or of places of which one is in the other. */
export function isRelated(path: string, other: string): boolean {
    const [one, two] = [keysOf(path), keysOf(other)];
    return one.every((key, index) => index >= two.length || key === two[index] || (typeof key === "string" && key.endsWith("*") && String(two[index]).startsWith(key.slice(0, -1))));
}
