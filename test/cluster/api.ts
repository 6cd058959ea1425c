import { ClusterApi, type Answer } from "../../lab/cluster/api";

export type { Answer };

interface Manifest {
    readonly apiVersion?: unknown;
    readonly kind?: unknown;
    readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown };
}

/** Knows where each kind is found. */
export class Api extends ClusterApi {
    private readonly resources = new Map<string, Promise<Answer>>();

    /** Path of an object's kind in its namespace; undefined where the cluster has no such kind. */
    async pathOf({ apiVersion, kind, metadata }: Manifest): Promise<string | undefined> {
        const root = String(apiVersion).includes("/") ? `/apis/${String(apiVersion)}` : `/api/${String(apiVersion)}`;
        const found = this.resources.get(root) ?? this.ask(root);
        this.resources.set(root, found);
        const { body } = await found;
        const resources = (body as { readonly resources?: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[] }).resources ?? [];
        const resource = resources.find((each) => each.kind === kind && !each.name.includes("/"));
        if (resource === undefined) {
            return undefined;
        }
        return `${root}${resource.namespaced ? `/namespaces/${String(metadata?.namespace ?? "default")}` : ""}/${resource.name}`;
    }
}
