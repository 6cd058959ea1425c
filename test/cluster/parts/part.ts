import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Answer, ClusterApi } from "../../../lab/cluster/api";
import type { Person } from "./people";

const NAMESPACE = "wikifunctions";
const read = (file: string): unknown => parse(readFileSync(path.join(__dirname, file), "utf8"));

/** What is known of a part of a kind, such as `pods/status`. */
export interface Known {
    /** Names of those who may write it, or "everybody". */
    readonly may?: readonly string[];
    readonly connects?: boolean;
    readonly body?: object;
    readonly reads?: boolean;
    readonly elsewhere?: string;
}

export const TABLE = read("table.yaml") as Readonly<Record<string, Known>>;
export const OBJECTS = read("objects.yaml") as readonly { readonly apiVersion: string; readonly kind: string; readonly metadata: object }[];

/** A part that the API server lists. */
export interface Part {
    /** `pods/status` */
    readonly name: string;
    /** The path of the object `it` that it is a part of. */
    readonly object: string;
    readonly part: string;
    readonly verbs: readonly string[];
    /** Of what is sent to it. */
    readonly apiVersion: string;
    readonly kind: string;
}

interface Resource { readonly name: string; readonly kind: string; readonly namespaced: boolean; readonly verbs: readonly string[]; readonly group?: string; readonly version?: string }

/** The parts of all kinds in all versions. */
export async function partsOf(api: ClusterApi): Promise<Part[]> {
    const { groups } = (await api.ask("/apis")).body as { groups: readonly { versions: readonly { groupVersion: string }[] }[] };
    const versions = ["v1", ...groups.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion))];
    const all = await Promise.all(versions.map(async (groupVersion) => {
        const root = groupVersion === "v1" ? "/api/v1" : `/apis/${groupVersion}`;
        const { resources } = (await api.ask(root)).body as { resources: readonly Resource[] };
        return resources.filter(({ name }) => name.includes("/")).map(({ name, kind, namespaced, verbs, group, version }): Part => {
            const [resource = "", part = ""] = name.split("/");
            const object = namespaced ? `${root}/namespaces/${NAMESPACE}/${resource}/it` : `${root}/${resource}/${resource === "namespaces" ? NAMESPACE : "it"}`;
            return { name, object, part, verbs, kind, apiVersion: version === undefined ? groupVersion : [group, version].filter(Boolean).join("/") };
        });
    }));
    return all.flat();
}

/** Writes a part as it is, which leaves it so, with more metadata where there is some. A dry run of the deployer is a preview, which isn't judged: his is meant. */
export async function write(api: ClusterApi, { name, object, part, verbs, apiVersion, kind }: Part, person: Person, metadata: object = {}): Promise<Answer> {
    const connects = TABLE[name]?.connects === true;
    const path = `${object}/${part}${person.as === undefined || connects ? "" : "?dryRun=All"}`;
    if (!connects && verbs.includes("patch")) {
        return api.ask(path, { ...person, method: "PATCH", type: "application/merge-patch+json", body: { metadata } });
    }
    if (verbs.includes("create")) {
        return api.ask(path, { ...person, method: "POST", body: { apiVersion, kind, metadata: { name: "it", namespace: NAMESPACE }, ...TABLE[name]?.body } });
    }
    const is = (await api.ask(object)).body as { metadata: object };
    return api.ask(path, { ...person, method: "PUT", body: { ...is, metadata: { ...is.metadata, ...metadata } } });
}

/** Whether admission refuses it: a policy, or for nodes the API server's own plug-in that holds each to what is on it. All have the right to. */
export const isRefused = ({ code }: Answer): boolean => code === 403;
