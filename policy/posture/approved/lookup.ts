import type { Resource } from "../../model/resource";
import type { Posture } from "../posture";
import { identityOf } from "./identity";

const indexes = new WeakMap<Posture["objects"], ReadonlyMap<string, Resource>>();

/** The approved object of the same kind, namespace and name but for a hash; undefined where nobody has approved one. */
export function approvedFor(resource: Resource, { objects }: Posture): Resource | undefined {
    const index = indexes.get(objects) ?? new Map(objects.map((object) => [identityOf(object) ?? "", object]));
    indexes.set(objects, index);
    const identity = identityOf(resource);
    return identity === undefined ? undefined : index.get(identity);
}
