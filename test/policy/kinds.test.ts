import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import { COMPONENT_TYPE, isKnownKind, isOfKind, KNOWN_KINDS } from "../../policy/model/kinds";
import { UNKNOWN } from "../../policy/model/resource";
import { evaluator, resource } from "./fixtures";

/** The class that the SDK has for a type token. */
function classOf(token: string): { readonly __pulumiType: string } | undefined {
    const [, group = "", kind = ""] = token.split(":");
    const [api = "", version = ""] = group.replace(/\.k8s\.io/, "").split("/");
    return (kubernetes as unknown as Record<string, Record<string, Record<string, { readonly __pulumiType: string }>>>)[api]?.[version]?.[kind];
}

/** The kinds that Kubernetes keeps outside of namespaces. */
const CLUSTER_WIDE = ["Namespace", "PriorityClass", "RuntimeClass", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"];

describe("policy: the known kinds", () => {
    for (const [token, { apiVersion, kind, namespaced }] of KNOWN_KINDS) {
        it(`has ${token} as the SDK has it, with its API version, and in a namespace or not`, () => {
            assert.equal(classOf(token)?.__pulumiType, token);
            assert.equal(token, `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`);
            assert.equal(namespaced, !CLUSTER_WIDE.includes(kind));
        });
    }

    it("has no kind twice, none that holds a secret, and none that patches", () => {
        const kinds = [...KNOWN_KINDS.values()].map(({ kind }) => kind);
        assert.deepEqual([...new Set(kinds)], kinds);
        assert.deepEqual(kinds.filter((kind) => /Secret|Patch$|List$|Pod$|Role|Binding$/.test(kind) && kind !== "ValidatingAdmissionPolicyBinding"), []);
    });

    it("knows what there is to judge in whatever else holds pods, and in nothing of that name elsewhere", () => {
        const known = (types: readonly string[]): string[] => types.filter((type) => isKnownKind(resource(`kubernetes:${type}`, "x", {})));
        const controllers = ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"].map((kind) => `apps/v1:${kind}`);
        const others = ["core/v1:Pod", "core/v1:PodTemplate", "core/v1:ReplicationController", "batch/v1:Job", "batch/v1:CronJob", "core/v1:Namespace"];
        assert.deepEqual(known([...others, ...controllers]), [...others, ...controllers]);
        assert.deepEqual(known(["batch/v1beta1:CronJob", "apps/v1beta1:Deployment", "argoproj.io/v1alpha1:Rollout", "core/v1:Secret", "apps/v1:Pod", ""]), []);
    });

    it("takes only this project's own types for components", () => {
        assert.deepEqual(["wikifunctions:index:Sandbox", "wikifunctions:a/b:C"].map((type) => COMPONENT_TYPE.test(type)), [true, true]);
        const others = ["kubernetes:core/v1:Namespace", "kubernetes:helm.sh/v3:Chart", "xwikifunctions:index:Sandbox", "wikifunctions:index:Sandbox:x", "wikifunctions:index:", "wikifunctions:index:Sandbox\nkubernetes:core/v1:Pod", "pulumi-nodejs:dynamic:Resource"];
        assert.deepEqual(others.filter((type) => COMPONENT_TYPE.test(type)), []);
    });

    it("tells a kind by its type, a patch's type, or by what the resource says of itself", () => {
        const of = (type: string, kind: unknown) => isOfKind(resource(type, "x", { kind } as never), "Deployment");
        assert.equal(isOfKind(evaluator, "Deployment"), true);
        assert.equal(of("kubernetes:apps/v1:DeploymentPatch", undefined), true);
        assert.equal(of("kubernetes:core/v1:ConfigMap", "Deployment"), true);
        assert.equal(of("kubernetes:core/v1:ConfigMap", "ConfigMap"), false);
        assert.equal(of("kubernetes:core/v1:ConfigMap", UNKNOWN), false);
        assert.equal(of("kubernetes:apps/v1:DeploymentList", "DeploymentList"), false);
    });
});
