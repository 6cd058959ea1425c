import { createHash } from "node:crypto";
import { configMapOf } from "../../../policy/posture/loader";
import type { Resource, Value } from "../../../policy/model/resource";
import { replaced, the } from "../stacks";

/** The stack with one profile edited, under the name that its new text gets, wherever that name stands. */
export function withProfile(resources: readonly Resource[], plain: string, from: string, to: string): Resource[] {
    const map = the(resources, "ConfigMap", "apparmor-profiles-*");
    const data = map.props["data"] as Readonly<Record<string, string>>;
    const [old = "", text = ""] = Object.entries(data).find(([name]) => name.startsWith(`${plain}-`)) ?? [];
    const original = text.replace(`profile ${old} `, `profile ${plain} `).replace(from, () => to);
    const name = `${plain}-${createHash("sha256").update(original).digest("hex").slice(0, 12)}`;
    const edited = replaced(resources, map, { ...map, props: { ...map.props, data: Object.fromEntries(Object.entries(data).map(([key, value]): [string, Value] => (key === old ? [name, original.replace(`profile ${plain} `, `profile ${name} `)] : [key, value]))) } });
    const mapName = (map.props["metadata"] as { name: string }).name;
    const newMapName = configMapOf(Object.keys(data).map((key) => (key === old ? name : key)));
    return edited.map((resource) => ({ ...resource, props: JSON.parse(JSON.stringify(resource.props).replaceAll(old, name).replaceAll(mapName, newMapName)) as Resource["props"] }));
}
