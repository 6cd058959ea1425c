import assert from "node:assert/strict";
import { KNOWN_KINDS } from "../../../policy/model/kinds";
import { UNKNOWN } from "../../../policy/model/resource";
import { knownResourceTypes } from "../../../policy/rules/known-resource-types";
import { evaluator, posture, provider, resource } from "../fixtures";
import { judge } from "../harness";

judge(knownResourceTypes, {
    good: evaluator,
    blocks: {
        "another kind than its type says": ["kind", "ClusterRoleBinding"],
        "another API group than its type says": ["apiVersion", "extensions/v1beta1"],
        "an unknown kind": ["kind", UNKNOWN],
        "no kind": ["kind", undefined],
    },
});

const REFUSED = [
    ...["kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v4:Chart", "kubernetes:yaml:ConfigFile", "kubernetes:yaml/v2:ConfigGroup"],
    ...["kubernetes:kustomize:Directory", "kubernetes:apiextensions.k8s.io:CustomResource", "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"],
    ...["kubernetes:apps/v1:DeploymentPatch", "kubernetes:core/v1:PodList", "kubernetes:core/v1:Pod", "kubernetes:batch/v1:CronJob", "kubernetes:apps/v1:StatefulSet"],
    ...["kubernetes:core/v1:Secret", "kubernetes:core/v1:PersistentVolume", "kubernetes:core/v1:Endpoints", "kubernetes:discovery.k8s.io/v1:EndpointSlice"],
    ...["kubernetes:networking.k8s.io/v1:Ingress", "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding", "kubernetes:core/v1:NamespacePatch"],
    ...["kubernetes:projectcalico.org/v3:NetworkPolicy", "kubernetes:apiregistration.k8s.io/v1:APIService", "kubernetes:apps/v1beta1:Deployment"],
    ...["pulumi:providers:command", "pulumi:providers:docker", "pulumi-nodejs:dynamic:Resource", "command:local:Command", "pulumi:pulumi:StackReference"],
];

describe("policy: known-resource-types, by type", () => {
    for (const type of REFUSED) {
        it(`refuses ${type} and says what to do instead`, () => {
            const [violation, ...others] = knownResourceTypes.check(resource(type, "x", { apiVersion: "v1", kind: "X" }), posture);
            assert.equal(violation?.path, "its type");
            assert.notEqual(violation.must, "");
            assert.deepEqual(others, []);
        });
    }

    const ADVICE: Readonly<Record<string, RegExp>> = {
        "kubernetes:helm.sh/v3:Release": /chart/,
        "kubernetes:yaml:ConfigFile": /files/,
        "kubernetes:core/v1:NamespacePatch": /whole object/,
        "kubernetes:core/v1:PodList": /items/,
        "kubernetes:apiextensions.k8s.io:CustomResource": /rules for/,
        "kubernetes:core/v1:Secret": /no secrets/,
        "kubernetes:core/v1:Pod": /Deployment/,
        "kubernetes:batch/v1:CronJob": /Deployment/,
        "kubernetes:rbac.authorization.k8s.io/v1:Role": /API/,
        "kubernetes:networking.k8s.io/v1:Ingress": /Service/,
        "pulumi:providers:command": /provider/,
        "command:local:Command": /kinds/,
    };
    for (const [type, advice] of Object.entries(ADVICE)) {
        it(`says of ${type} what fits it`, () => {
            assert.match(knownResourceTypes.check(resource(type, "x", {}), posture)[0]?.must ?? "", advice);
        });
    }

    for (const [type, { apiVersion, kind }] of KNOWN_KINDS) {
        it(`accepts ${type}`, () => {
            assert.deepEqual(knownResourceTypes.check(resource(type, "x", { apiVersion, kind }), posture), []);
        });
    }

    it("accepts the stack, the provider and the program's components", () => {
        const plumbing = [provider, resource("pulumi:pulumi:Stack", "s", {}), resource("wikifunctions:index:Workload", "w", {})];
        assert.deepEqual(plumbing.flatMap((each) => knownResourceTypes.check(each, posture)), []);
    });

    it("refuses a resource that only calls itself a component, because a provider makes it", () => {
        const posing = resource("wikifunctions:index:Workload", "w", {}, { provider: { urn: "u", type: "pulumi:providers:wikifunctions", name: "p", props: {} } });
        assert.equal(knownResourceTypes.check(posing, posture).length, 1);
    });
});
