import { KNOWN_KINDS } from "./kinds";
import { fieldOf } from "./read";
import { podsOf, type PodHolder } from "./pod";
import type { Resource, Value } from "./resource";

/** All resources of a preview, with what several rules ask for found once. */
export interface Stack {
    readonly resources: readonly Resource[];
    /** Resources of a known Kubernetes kind, e.g. `NetworkPolicy`; not patches, nor components that are called like it. */
    readonly ofKind: (kind: string) => readonly Resource[];
    /** Everything that makes pods. */
    readonly pods: readonly PodHolder[];
    /** URNs of everything that has to be there before the resource, however far back. */
    readonly before: (resource: Resource) => ReadonlySet<string>;
}

/** `metadata.namespace` or `metadata.name`. */
export function metadata(resource: Resource, key: "namespace" | "name"): Value {
    return fieldOf(resource.props, "metadata", key).value;
}

/** The order in which a file's objects come to be is whoever applies them to decide, so that each is taken to have all others before it. */
export function unordered(resources: readonly Resource[]): Stack {
    const all = new Set(resources.map(({ urn }) => urn));
    return { ...stackOf(resources), before: () => all };
}

/** Linear in the number of resources and dependencies, apart from `before`, which is linear for each resource that asks. */
export function stackOf(resources: readonly Resource[]): Stack {
    const kinds = new Map<string, Resource[]>();
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    for (const resource of resources) {
        const kind = KNOWN_KINDS.get(resource.type)?.kind;
        if (kind === undefined) {
            continue;
        }
        const others = kinds.get(kind);
        if (others === undefined) {
            kinds.set(kind, [resource]);
        } else {
            others.push(resource);
        }
    }
    const before = (resource: Resource): ReadonlySet<string> => {
        const found = new Set<string>();
        const next = [...resource.dependencies];
        for (let urn = next.pop(); urn !== undefined; urn = next.pop()) {
            if (!found.has(urn)) {
                found.add(urn);
                next.push(...(byUrn.get(urn)?.dependencies ?? []));
            }
        }
        return found;
    };
    return {
        resources,
        ofKind: (kind) => kinds.get(kind) ?? [],
        pods: resources.map(podsOf).filter((holder) => holder !== undefined),
        before,
    };
}
