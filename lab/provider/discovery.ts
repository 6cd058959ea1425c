import { CLUSTER_SCOPED } from "./builtin";
import { isNotFound, type Client } from "./client";
import { apiVersionOf, kindOf, nameOf, namespaceOf, type KubernetesObject } from "./object";
import { at, listAt, textAt } from "./values";

/** Where the objects of a kind are in the API. */
export interface ResourceType {
    readonly namespaced: boolean;
    /** Path of the collection in a namespace, or in the cluster for a kind that belongs to none. */
    readonly collection: (namespace: string) => string;
}

/** The API server knows no such kind: it doesn't exist, or its CustomResourceDefinition isn't there yet. */
export class UnknownKind extends Error {
    override readonly name = "UnknownKind";

    constructor(apiVersion: string, kind: string) {
        super(`no matches for kind "${kind}" in version "${apiVersion}"`);
    }
}

/** Asks the API server what kinds there are, once for each apiVersion. */
export class Discovery {
    private known = new Map<string, Promise<ReadonlyMap<string, ResourceType>>>();

    constructor(private readonly client: Client) {}

    private async list(apiVersion: string): Promise<ReadonlyMap<string, ResourceType>> {
        const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
        const answer = await this.client.call({ method: "GET", path: root }).catch((error: unknown) => {
            if (isNotFound(error)) {
                return {};
            }
            throw error;
        });
        const resources = listAt(answer, "resources").filter((resource) => !textAt(resource, "name").includes("/"));
        return new Map(resources.map((resource) => {
            const namespaced = at(resource, "namespaced") === true;
            const plural = textAt(resource, "name");
            return [textAt(resource, "kind"), { namespaced, collection: (namespace) => `${root}/${namespaced ? `namespaces/${namespace}/` : ""}${plural}` }];
        }));
    }

    /** @throws UnknownKind */
    async find(apiVersion: string, kind: string): Promise<ResourceType> {
        const listing = this.known.get(apiVersion) ?? this.list(apiVersion);
        this.known.set(apiVersion, listing);
        const found = await listing.then((types) => types.get(kind), (error: unknown) => {
            this.known.delete(apiVersion);
            throw error;
        });
        if (found === undefined) {
            // It may come with a CustomResourceDefinition of this very deployment.
            this.known.delete(apiVersion);
            throw new UnknownKind(apiVersion, kind);
        }
        return found;
    }

    /** Asks again from now on: a new CustomResourceDefinition has brought kinds along. */
    forget(): void {
        this.known.clear();
    }

    /** Path of one object. @throws UnknownKind */
    async pathOf(object: KubernetesObject): Promise<string> {
        const type = await this.find(apiVersionOf(object), kindOf(object));
        return `${type.collection(namespaceOf(object) || "default")}/${nameOf(object)}`;
    }

    /** Whether objects of the kind belong to a namespace; an unknown kind is assumed to. */
    async isNamespaced(apiVersion: string, kind: string): Promise<boolean> {
        return this.find(apiVersion, kind).then(({ namespaced }) => namespaced, (error: unknown) => {
            if (error instanceof UnknownKind) {
                return !CLUSTER_SCOPED.has(kind);
            }
            throw error;
        });
    }
}
