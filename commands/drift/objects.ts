import { Problem } from "../../cli/problem";
import { apiOf, type Get } from "./api";
import type { KubernetesObject, Subject } from "./finding";

/** Kinds of a group by version, the preferred one first. Source: Kubernetes' aggregated discovery, stable since 1.30. */
interface Discovery {
    readonly items: readonly {
        readonly metadata?: { readonly name?: string };
        readonly versions: readonly {
            readonly version: string;
            readonly freshness?: string;
            readonly resources?: readonly { readonly resource: string; readonly scope: string; readonly verbs: readonly string[]; readonly responseKind?: { readonly kind: string } }[];
        }[];
    }[];
}
const DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
const PAGE = 500;
const BINDINGS = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";

interface Kind {
    readonly apiVersion: string;
    readonly kind: string;
    readonly path: (namespace: string) => string;
}

async function kindsAt(get: Get, root: "/api" | "/apis"): Promise<Kind[]> {
    const { items } = await get(root, DISCOVERY) as Discovery;
    return items.flatMap(({ metadata, versions }) => {
        const known = new Set<string>();
        return versions.flatMap(({ version, freshness, resources = [] }) => {
            const apiVersion = root === "/api" ? version : `${metadata?.name ?? ""}/${version}`;
            if (freshness === "Stale") {
                throw new Problem(`The API server can't say what ${apiVersion} has: its extension server doesn't answer, so that nothing could be said of its objects.`);
            }
            const fresh = resources.filter(({ resource, scope, verbs }) => scope === "Namespaced" && verbs.includes("list") && !known.has(resource));
            fresh.forEach(({ resource }) => known.add(resource));
            return fresh.map(({ resource, responseKind }) => ({ apiVersion, kind: responseKind?.kind ?? resource, path: (namespace: string) => `${root}/${apiVersion}/namespaces/${namespace}/${resource}` }));
        });
    });
}

async function listAll(get: Get, path: string): Promise<KubernetesObject[]> {
    const objects: KubernetesObject[] = [];
    let next = "";
    do {
        const { items, metadata } = await get(`${path}?limit=${String(PAGE)}${next === "" ? "" : `&continue=${encodeURIComponent(next)}`}`) as { items: KubernetesObject[]; metadata?: { continue?: string } };
        objects.push(...items);
        next = metadata?.continue ?? "";
    } while (next !== "");
    return objects;
}

/** Whether rights in the whole cluster go to somebody in a namespace. */
function isFor({ kind, name, namespace }: Subject, namespaces: readonly string[]): boolean {
    return namespaces.some((own) => (kind === "ServiceAccount" ? namespace === own : name === `system:serviceaccounts:${own}` || name.startsWith(`system:serviceaccount:${own}:`)));
}

/**
 * Every object of every kind in some namespaces, and the ClusterRoleBindings that give rights to their service accounts.
 * @throws Problem where something can't be listed: what isn't seen would pass for clean
 */
export async function objectsIn(context: string, namespaces: readonly string[]): Promise<KubernetesObject[]> {
    const get = await apiOf(context);
    const kinds = [...await kindsAt(get, "/api"), ...await kindsAt(get, "/apis")];
    const lists = namespaces.flatMap((namespace) => kinds.map(async ({ apiVersion, kind, path }) => (await listAll(get, path(namespace))).map((object) => ({ ...object, apiVersion, kind }))));
    const found = (await Promise.all(lists)).flat();
    const bindings = await listAll(get, BINDINGS);
    const ours = bindings.filter(({ subjects = [] }) => subjects.some((subject) => isFor(subject, namespaces)));
    return [...found, ...ours.map((object) => ({ ...object, kind: "ClusterRoleBinding" }))];
}
