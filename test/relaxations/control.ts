import { isObject } from "../../policy/model/read";
import type { Value } from "../../policy/model/resource";
import { keysOf, set } from "../policy/harness";
import type { Registration } from "../project";
import { apply, at, pathOf } from "./apply";
import type { Base } from "./base";
import type { Edit } from "./edit";

const SKIP_AWAIT = "metadata.annotations[\"pulumi.com/skipAwait\"]";

/** Namespace for what bounds a whole namespace: it would bound the other controls. */
export const BOUNDS = "bounds";
const BOUNDING = ["ResourceQuota", "LimitRange"];

/**
 * The edited resource as an update without the pack can make it beside all the others: under a name of its own, which many of them
 * share in the program, and without waiting for pods that no node will run.
 * @returns undefined where nothing is to be made, or the edit says that it can't be
 */
export function controlOf(base: Base, edit: Edit, number: number): Registration | undefined {
    const registration = edit.noControl === undefined && edit.standIn === undefined ? apply(base, edit, "update") : undefined;
    if (registration === undefined) {
        return undefined;
    }
    const { object } = registration;
    return { ...registration, name: edit.id, dependsOn: [], object: edit.component === true || !isObject(at(object, "metadata") as Value) ? object : apart(object, edit, number) };
}

function apart(object: unknown, edit: Edit, number: number): unknown {
    const path = edit.add === undefined ? pathOf(edit) : "";
    const isBounding = BOUNDING.includes(String(at(object, "kind"))) && path !== "metadata.namespace";
    const annotations = at(object, "metadata.annotations") as Value;
    return [
        ...(["metadata", "metadata.name"].includes(path) || at(object, "metadata.name") === undefined ? [] : [["metadata.name", `edit-${String(number)}`]] as const),
        ...(isBounding ? [["metadata.namespace", BOUNDS]] as const : []),
        ...(path !== SKIP_AWAIT && (annotations === undefined || isObject(annotations)) ? [[SKIP_AWAIT, "true"]] as const : []),
    ].reduce((changed, [place, value]) => set(changed, keysOf(place), value), object as Value);
}
