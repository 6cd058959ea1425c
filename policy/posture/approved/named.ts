import { isObject } from "../../model/read";
import type { Value } from "../../model/resource";

/** Lists whose entries have names, and the key that is the name. */
const NAMED: Readonly<Record<string, string>> = { containers: "name", initContainers: "name", env: "name", ports: "name", volumes: "name", volumeMounts: "mountPath", limits: "type" };

/** Whether entries of a list under this key go by their names instead of numbers. */
export function hasNames(key: string): boolean {
    return Object.hasOwn(NAMED, key);
}

/** The name of an entry of a list that stands under this key; undefined where it has none. */
export function nameIn(entry: Value, key: string): string | undefined {
    const nameKey = Object.hasOwn(NAMED, key) ? NAMED[key] : undefined;
    const name = nameKey !== undefined && isObject(entry) ? entry[nameKey] : undefined;
    return typeof name === "string" ? name : undefined;
}
