import type { Resource } from "../../model/resource";
import type { Posture } from "../posture";
import { identityOf } from "./identity";

const indexes = new WeakMap<readonly Resource[], ReadonlyMap<string | undefined, Resource>>();

/** The one of these resources that has the same kind, namespace and name but for a hash; undefined where none has, or these can't be read. */
export function counterpartOf(resource: Resource, among: readonly Resource[]): Resource | undefined {
    const index = indexes.get(among) ?? new Map(among.map((other) => [identityOf(other), other]));
    indexes.set(among, index);
    const identity = identityOf(resource);
    return identity === undefined ? undefined : index.get(identity);
}

/** What is approved in the place of a resource; undefined where nobody has approved anything there. */
export function approvedFor(resource: Resource, { objects }: Posture): Resource | undefined {
    return counterpartOf(resource, objects);
}
