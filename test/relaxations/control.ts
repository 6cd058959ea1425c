import { isObject } from "../../policy/model/read";
import type { Value } from "../../policy/model/resource";
import { keysOf, set } from "../policy/harness";
import type { Registration } from "../project";
import { apply } from "./apply";
import type { Base } from "./base";
import { nameOf } from "./batch";
import { changesOf, type Edit } from "./edit";
import { at, pathOf } from "./place";

const SKIP_AWAIT = "metadata.annotations[\"pulumi.com/skipAwait\"]";

/** Namespace for what bounds a whole namespace: it would bound the other controls. */
export const BOUNDS = "bounds";
const BOUNDING = ["ResourceQuota", "LimitRange"];

/**
 * The edited resources as an update without the pack can make them beside all the others: under names of their own, which many of them
 * share in the program, and without waiting for pods that no node will run.
 * @returns none where nothing is to be made, or the edit says that it can't be
 */
export function controlsOf(base: Base, edit: Edit, number: number): readonly Registration[] {
    const registrations = edit.noControl === undefined && edit.standIn === undefined ? apply(base, edit, "update") : [];
    return registrations.map((registration, index) => {
        const { object } = registration;
        const isRenamed = registration.component !== true && isObject(at(object, "metadata") as Value);
        const own = { name: nameOf(edit, index), as: undefined, parent: undefined, dependsOn: [] };
        const name = `edit-${String(number)}-${String(index)}`;
        return { ...registration, ...own, object: isRenamed ? apart(object, edit, name) : object };
    });
}

function apart(object: unknown, edit: Edit, name: string): unknown {
    const paths = changesOf(edit).map((change) => (change.add === undefined ? pathOf(change) : ""));
    const isBounding = BOUNDING.includes(String(at(object, "kind"))) && !paths.includes("metadata.namespace");
    const annotations = at(object, "metadata.annotations") as Value;
    const isNamed = ["metadata", "metadata.name"].some((path) => paths.includes(path)) || at(object, "metadata.name") === undefined;
    return [
        ...(isNamed ? [] : [["metadata.name", name]] as const),
        ...(isBounding ? [["metadata.namespace", BOUNDS]] as const : []),
        ...(!paths.includes(SKIP_AWAIT) && (annotations === undefined || isObject(annotations)) ? [[SKIP_AWAIT, "true"]] as const : []),
    ].reduce((changed, [place, value]) => set(changed, keysOf(place), value), object as Value);
}
