import { isNamespaced, type Connection } from "./cluster";
import { differences, type Difference } from "./diff";
import { replacingFields } from "./immutable";
import { normalize } from "./normalize";
import { ANNOTATION, apiVersionOf, isMarked, kindOf, nameOf, namespaceOf, withName, withNamespace, type KubernetesObject } from "./object";
import { isWithin, parsePath } from "./paths";
import type { Settings } from "./settings";
import { prune, readState } from "./state";
import { reveal, without, type Values } from "./values";

export interface Plan {
    readonly differences: readonly Difference[];
    readonly deleteBeforeReplace: boolean;
}

/** Namespaces are compared as the API server reads them: none means `default`, and none at all for what belongs to none. */
function inNamespace(object: KubernetesObject, namespaced: boolean): KubernetesObject {
    return namespaced ? withNamespace(object, namespaceOf(object) || "default") : without(object, ["metadata", "namespace"]);
}

/** What separates the cluster, as far as the state knows it, from the program. */
export async function plan(olds: Values, news: Values, ignoreChanges: readonly string[], connection: Connection, settings: Settings): Promise<Plan> {
    const { live, inputs: oldInputs } = readState(olds);
    const inputs = normalize(reveal(news));
    const namespaced = await isNamespaced(connection, apiVersionOf(inputs), kindOf(inputs));
    const known = prune(live, normalize(oldInputs)) as Values;
    const old = inNamespace({ apiVersion: apiVersionOf(inputs), kind: kindOf(inputs), ...known }, namespaced);
    const now = inNamespace(inputs, namespaced);
    const isSameName = nameOf(now) !== "" && nameOf(now) === nameOf(live);
    const ignored = ignoreChanges.map(parsePath);
    const found = differences(nameOf(now) === "" ? old : withName(old, nameOf(live)), now, replacingFields(now, settings))
        .filter(({ path }) => !ignored.some((outer) => isWithin(parsePath(path), outer)));
    return {
        differences: found,
        // Two objects can't have one name at a time.
        deleteBeforeReplace: found.some(({ replaces }) => replaces) && isSameName && !isMarked(now, ANNOTATION.autonamed) && namespaceOf(now) === namespaceOf(live),
    };
}
