import { isObject } from "../../model/read";
import { kindOfType } from "../../model/pod";
import type { Resource, Value } from "../../model/resource";
import { nameIn } from "./named";
import { Trail } from "./pattern";

/** The resource as it stands in a file of what is approved: without hashes in names, without the surroundings of whoever ran Pulumi. */
export function asApproved(resource: Resource): Resource {
    return { ...resource, props: plain(resource.props, Trail.of(kindOfType(resource.type)), "") as Resource["props"] };
}

function plain(value: Value, trail: Trail, key: string): Value {
    const written = trail.entries.map(({ order }) => order.plain?.(value)).find((each) => each !== undefined);
    if (written !== undefined) {
        return written[0];
    }
    if (Array.isArray(value)) {
        return value.map((entry, index) => plain(entry, trail.to(nameIn(entry, key) ?? String(index)), ""));
    }
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner, trail.to(name), name)])) : value;
}
