import { withHash } from "../../model/apparmor/name";
import { isObject } from "../../model/read";
import type { Resource, Value } from "../../model/resource";
import { CONFIG_MAP, configMapOf } from "../loader";

/**
 * Approved objects as they would be deployed: AppArmor profiles, and what names them, with the hashes of their texts. So what is approved
 * can be judged by the rules that judge what is previewed.
 */
export function asDeployed(objects: readonly Resource[]): Resource[] {
    const maps = objects.filter(({ type, props }) => type.endsWith(":ConfigMap") && isObject(props["metadata"]) && props["metadata"]["name"] === CONFIG_MAP);
    const texts = maps.flatMap(({ props }) => (isObject(props["data"]) ? Object.entries(props["data"]) : []));
    const names = new Map(texts.flatMap(([name, text]) => (typeof text === "string" ? [[name, withHash(name, text)] as const] : [])));
    const all = new Map([...names, [CONFIG_MAP, configMapOf([...names.values()])]]);
    return objects.map((object) => ({ ...object, props: renamed(object.props, all) as Resource["props"] }));
}

/** Wherever a whole word is one of the names: in values, in keys, and in the texts of the profiles themselves. */
function renamed(value: Value, names: ReadonlyMap<string, string>): Value {
    if (typeof value === "string") {
        return value.split(" ").map((word) => inWord(word, names)).join(" ");
    }
    if (Array.isArray(value)) {
        return value.map((entry) => renamed(entry, names));
    }
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [names.get(key) ?? key, renamed(inner, names)])) : value;
}

function inWord(word: string, names: ReadonlyMap<string, string>): string {
    const prefix = word.startsWith("localhost/") ? "localhost/" : "";
    return `${prefix}${names.get(word.slice(prefix.length)) ?? word.slice(prefix.length)}`;
}
