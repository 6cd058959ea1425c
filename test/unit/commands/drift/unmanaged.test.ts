import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../../../../commands/drift/finding";
import { unmanaged } from "../../../../commands/drift/unmanaged";
import { REPOSITORY } from "../../../../cli/repository";

const NAMESPACE = "wikifunctions";
type Owner = readonly [kind: string, name: string, controller?: boolean];

/** An object whose uid is its kind and name. */
function object(kind: string, name: string, owner?: Owner): KubernetesObject {
    const ownerReferences = owner === undefined ? [] : [{ kind: owner[0], uid: `${owner[0]} ${owner[1]}`, controller: owner[2] ?? true }];
    return { kind, metadata: { name, namespace: NAMESPACE, uid: `${kind} ${name}`, creationTimestamp: "2026-11-25T00:00:00Z", ownerReferences, managedFields: [{ manager: "kubectl-create" }] } };
}

const MANAGED = [object("Deployment", "web"), object("DaemonSet", "loader"), object("Service", "web"), object("NetworkPolicy", "default-deny")];
const named = (more: readonly KubernetesObject[]): string[] => unmanaged([...MANAGED, ...more], new Set(MANAGED.map(({ metadata }) => metadata?.uid ?? "")), new Set([`${NAMESPACE}/web`])).map(({ subject }) => subject);

describe("objects that Pulumi doesn't manage", () => {
    it("are not its own, nor what Kubernetes makes of them or in every namespace", () => {
        assert.deepEqual(named([
            object("ReplicaSet", "web-1", ["Deployment", "web"]),
            object("Pod", "web-1-a", ["ReplicaSet", "web-1"]),
            object("Pod", "loader-a", ["DaemonSet", "loader"]),
            object("ControllerRevision", "loader-1", ["DaemonSet", "loader"]),
            object("EndpointSlice", "web-1", ["Service", "web"]),
            object("Endpoints", "web"),
            object("ConfigMap", "kube-root-ca.crt"),
            object("ServiceAccount", "default"),
            object("Event", "web.1"),
            object("Lease", "somebody"),
            { kind: "PodMetrics", metadata: { name: "web-1-a", namespace: NAMESPACE } },
        ]), []);
    });

    for (const foreign of [
        object("Pod", "shell"),
        object("NetworkPolicy", "open"),
        object("RoleBinding", "power"),
        object("ConfigMap", "settings"),
        object("ServiceAccount", "somebody"),
        object("Endpoints", "elsewhere"),
        object("ReplicaSet", "old", ["Deployment", "gone"]),
        object("Pod", "by-another", ["ReplicaSet", "old"]),
    ]) {
        it(`are told: ${foreign.kind ?? ""} ${foreign.metadata?.name ?? ""}`, () => {
            assert.deepEqual(named([foreign]), [`${foreign.kind ?? ""} ${NAMESPACE}/${foreign.metadata?.name ?? ""}`]);
        });
    }

    it("are not the bindings of docs/drift-role.yaml, but any that differ from them", () => {
        const bindings = parseAllDocuments(readFileSync(path.join(REPOSITORY, "docs/drift-role.yaml"), "utf8"))
            .map((document) => document.toJS() as KubernetesObject)
            .filter(({ kind }) => kind === "RoleBinding")
            .map((binding) => ({ ...binding, metadata: { ...binding.metadata, uid: binding.metadata?.namespace ?? "" } }));
        assert.equal(bindings.length, 2);
        assert.deepEqual(named(bindings), []);
        for (const other of [{ roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" } }, { subjects: [...bindings[0]?.subjects ?? [], { kind: "User", name: "somebody" }] }, { kind: "Role" }]) {
            assert.equal(named([{ ...bindings[0], ...other }]).length, 1, JSON.stringify(other));
        }
    });

    it("can't hide behind an owner that never has such objects, or that doesn't control them", () => {
        const posing = [object("NetworkPolicy", "open", ["Deployment", "web"]), object("Pod", "shell", ["Service", "web"]), object("Pod", "other", ["DaemonSet", "loader", false])];
        assert.deepEqual(named(posing), ["NetworkPolicy wikifunctions/open", "Pod wikifunctions/shell", "Pod wikifunctions/other"]);
    });

    it("are told with who made them, and when", () => {
        assert.deepEqual(unmanaged([object("Pod", "shell")], new Set(), new Set()), [{ what: "unmanaged", subject: "Pod wikifunctions/shell", details: ["made 2026-11-25T00:00:00Z by kubectl-create"] }]);
    });
});
