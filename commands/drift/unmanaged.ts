import { isDeepStrictEqual } from "node:util";
import { subjectOf, type Finding, type KubernetesObject } from "./finding";

/** Who may own what: an owner is named by the object itself, so that only those count which Kubernetes' own controllers give. */
const CONTROLLERS: Readonly<Record<string, readonly string[]>> = {
    Pod: ["ReplicaSet", "DaemonSet"],
    ReplicaSet: ["Deployment"],
    ControllerRevision: ["DaemonSet"],
    EndpointSlice: ["Service"],
};

/** In every namespace, by kind and name. */
const EVERYWHERE = new Set(["ConfigMap kube-root-ca.crt", "ServiceAccount default"]);

/** By which the account that runs this sees what is in a namespace. Source: docs/drift-role.yaml. */
const READER = {
    kind: "RoleBinding",
    name: "wikifunctions-drift",
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "wikifunctions-drift-reader" },
    subjects: [{ kind: "ServiceAccount", name: "drift", namespace: "wikifunctions-drift" }],
};

function isReader({ kind, metadata, roleRef, subjects }: KubernetesObject): boolean {
    return isDeepStrictEqual({ kind, name: metadata?.name, roleRef, subjects }, READER);
}

/** They tell of what happens, or are heartbeats. */
const RECORDS = new Set(["Event", "Lease"]);

/**
 * Objects that Pulumi doesn't manage, and that don't come from one that it does.
 * @param found everything in the namespaces @param managed uids of Pulumi's objects @param services names of its Services, as `namespace/name`
 */
export function unmanaged(found: readonly KubernetesObject[], managed: ReadonlySet<string>, services: ReadonlySet<string>): Finding[] {
    const byUid = new Map(found.map((object) => [object.metadata?.uid ?? "", object]));
    const isAccountedFor = (object: KubernetesObject): boolean => {
        const { kind = "", metadata: { uid = "", name = "", namespace = "", ownerReferences = [] } = {} } = object;
        // Without a uid it is kept nowhere, as metrics are; Endpoints are what a Service has found.
        if (uid === "" || managed.has(uid) || RECORDS.has(kind) || isReader(object) || EVERYWHERE.has(`${kind} ${name}`) || (kind === "Endpoints" && services.has(`${namespace}/${name}`))) {
            return true;
        }
        const owner = byUid.get(ownerReferences.find(({ controller }) => controller)?.uid ?? "");
        return owner !== undefined && (CONTROLLERS[kind] ?? []).includes(owner.kind ?? "") && isAccountedFor(owner);
    };
    return [...byUid.values()].filter((object) => !isAccountedFor(object)).map((object) => ({ what: "unmanaged", subject: subjectOf(object), details: [originOf(object)] }));
}

function originOf({ metadata: { creationTimestamp, managedFields = [] } = {} }: KubernetesObject): string {
    const managers = [...new Set(managedFields.map(({ manager = "somebody" }) => manager))];
    return `made ${creationTimestamp ?? "at an unknown time"} by ${managers.join(", ") || "somebody"}`;
}
