import { createHash } from "node:crypto";
import { set } from "../policy/harness";
import type { Value } from "../../policy/model/resource";
import { tokenOf, UNKNOWN_VALUE, type Properties, type Registration } from "../project";
import type { Base } from "./base";
import { changesOf, type Change, type Edit } from "./edit";
import { at, keysIn, pathOf, put, removed } from "./place";

/** Whether a preview is to see it, or an update to make it: then what was unknown is known. */
export type Stage = "preview" | "update";

/** The resources that the edit makes of its targets, or adds; none where it only takes one away. */
export function apply(program: Base, edit: Edit, stage: Stage): readonly Registration[] {
    const base = program.of(edit);
    if (edit.config !== undefined) {
        const before = new Set(program.registrations.map((registration) => JSON.stringify(registration)));
        return base.registrations.filter((registration) => !before.has(JSON.stringify(registration)));
    }
    const made = new Map<string, Registration>();
    for (const change of changesOf(edit).filter(({ drop }) => drop !== true)) {
        const before = change.add === undefined ? base.registration(change.target ?? "") : added(base, change, edit.id);
        const known = made.get(before.name) ?? before;
        made.set(before.name, change.add === undefined ? changed(base, edit.id, change, known, stage) : known);
    }
    return [...made.values()];
}

function added(base: Base, { add, type, component, options }: Change, name: string): Registration {
    const object = filled(base, add) as Properties;
    const token = type ?? tokenOf(object);
    const isOurs = token.startsWith("kubernetes:") && component !== true;
    return { name, type: token, object, options, component, provider: isOurs ? base.providerName : undefined };
}

function changed(base: Base, id: string, change: Change, target: Registration, stage: Stage): Registration {
    const ofObject = change.options === undefined && change.without === undefined && change.defaultProvider === undefined;
    return {
        ...target,
        object: ofObject ? edited(base, id, change, target.object, stage) : target.object,
        options: change.options === undefined ? target.options : { ...target.options, ...change.options },
        dependsOn: waitsOf(base, id, change, target),
        provider: change.defaultProvider === true ? undefined : target.provider,
    };
}

function waitsOf(base: Base, id: string, { without }: Change, { name, dependsOn = [] }: Registration): readonly string[] {
    const dropped = without?.flatMap((other) => (other === "*" ? dependsOn : [base.registration(other).name])) ?? [];
    const missing = dropped.filter((other) => !dependsOn.includes(other));
    if (missing.length > 0) {
        throw new Error(`${id}: ${name} doesn't depend on ${missing.join(", ")}`);
    }
    return dependsOn.filter((other) => !dropped.includes(other));
}

function edited(base: Base, id: string, change: Change, object: unknown, stage: Stage): unknown {
    const path = pathOf(change);
    if (change.remove === true) {
        return removed(object, path);
    }
    if ("append" in change) {
        const list = (at(object, path) ?? []) as unknown[];
        return put(object, path, [...list, filled(base, change.append)]);
    }
    if (change.replace !== undefined) {
        const text = replaced(id, at(object, path), change.replace);
        return path.endsWith("*\"]") ? withProfile(object, path, text) : put(object, path, text);
    }
    const known = filled(base, "unknown" in change ? change.unknown : change.value);
    return put(object, path, "unknown" in change && stage === "preview" ? UNKNOWN_VALUE : known);
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
