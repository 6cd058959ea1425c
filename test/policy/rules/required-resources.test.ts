import assert from "node:assert/strict";
import { UNKNOWN } from "../../../policy/model/resource";
import { stackOf } from "../../../policy/model/stack";
import { requiredResources } from "../../../policy/rules/required-resources";
import { admissionBindings, admissionPolicies, clusterService, loaderNamespace, namespace, serviceAccount } from "../fixtures";
import { budget, defaultDeny, evaluator, goodPosture, goodStack, limitRange, loader, loaderDefaultDeny, orchestrator, parameters, priorityClass, profiles, quota, wayIn, wayOut } from "../good-stack";
import { add, change, edit, judgeStack, remove, replace } from "../harness";

const QUOTA = "ResourceQuota wikifunctions/sandbox";

judgeStack(requiredResources, {
    good: goodStack,
    passes: {
        "a second quota": [add({ ...quota, urn: `${quota.urn}-2` })],
        "no NetworkPolicy that opens something": [remove(wayIn, wayOut)],
        "no PodDisruptionBudget": [remove(budget)],
        "profiles of another version": [edit(profiles, "metadata.name", "apparmor-profiles-0123456789ab")],
    },
    blocks: {
        "no namespace": [[remove(namespace)], "Namespace wikifunctions"],
        "no namespace for the loader": [[remove(loaderNamespace)], "Namespace wikifunctions-apparmor"],
        "no quota": [[remove(quota)], QUOTA],
        "no limit range": [[remove(limitRange)], "LimitRange wikifunctions/sandbox"],
        "no priority class": [[remove(priorityClass)], "PriorityClass wikifunctions-sandbox"],
        "no loader": [[remove(loader)], "DaemonSet wikifunctions-apparmor/apparmor-loader"],
        "no profiles": [[remove(profiles)], "ConfigMap wikifunctions-apparmor/apparmor-profiles"],
        "no parameters of the admission policies": [[remove(parameters)], "ConfigMap wikifunctions/admission"],
        "an admission policy less": [[remove(...admissionPolicies.slice(1))], "ValidatingAdmissionPolicy wikifunctions-services"],
        "a binding of an admission policy less": [[remove(...admissionBindings.slice(1))], "ValidatingAdmissionPolicyBinding wikifunctions-services"],
        "no orchestrator": [[remove(orchestrator)], "Deployment wikifunctions/orchestrator"],
        "no evaluator": [[remove(evaluator)], "Deployment wikifunctions/evaluator-python"],
        "a quota by another name": [[edit(quota, "metadata.name", "other")], QUOTA],
        "no default deny": [[remove(defaultDeny)], "NetworkPolicy wikifunctions/default-deny"],
        "no default deny for the loader": [[remove(loaderDefaultDeny)], "NetworkPolicy wikifunctions-apparmor/default-deny"],
        "no account of a service": [[remove(serviceAccount)], "ServiceAccount wikifunctions/evaluator-python"],
        "no Service": [[remove(clusterService)], "Service wikifunctions/evaluator-python"],
        "profiles without a hash, by another name": [[edit(profiles, "metadata.name", "apparmor-profile")], "ConfigMap wikifunctions-apparmor/apparmor-profiles"],
        "a quota in another namespace": [[edit(quota, "metadata.namespace", "default")], QUOTA],
        "a quota in the loader's namespace": [[edit(quota, "metadata.namespace", "wikifunctions-apparmor")], QUOTA],
        "a quota in no namespace": [[edit(quota, "metadata.namespace", undefined)], QUOTA],
        "a quota in a namespace of null": [[edit(quota, "metadata.namespace", null)], QUOTA],
        "a quota in a namespace that is unknown": [[edit(quota, "metadata.namespace", UNKNOWN)], QUOTA],
        "a quota with unknown metadata": [[edit(quota, "metadata", UNKNOWN)], QUOTA],
        "a quota in a namespace of another case": [[edit(quota, "metadata.namespace", "Wikifunctions")], QUOTA],
        "a loader by another name": [[edit(loader, "metadata.name", "loader")], "DaemonSet wikifunctions-apparmor/apparmor-loader"],
        "a loader in the sandbox": [[edit(loader, "metadata.namespace", "wikifunctions")], "DaemonSet wikifunctions-apparmor/apparmor-loader"],
        "a priority class by another name": [[edit(priorityClass, "metadata.name", "sandbox")], "PriorityClass wikifunctions-sandbox"],
        "a priority class by a list of names": [[edit(priorityClass, "metadata.name", ["wikifunctions-sandbox"])], "PriorityClass wikifunctions-sandbox"],
        "a quota that only patches one": [[replace(quota, { ...quota, type: "kubernetes:core/v1:ResourceQuotaPatch" })], QUOTA],
        "a component that is called like a quota": [[replace(quota, { ...quota, type: "wikifunctions:index:ResourceQuota" })], QUOTA],
        "a kind of another group that is called like a quota": [[replace(quota, { ...quota, type: "kubernetes:example.org/v1:ResourceQuota" })], QUOTA],
        "nothing at all": [[() => []], "Namespace wikifunctions"],
    },
});

describe("policy: required-resources, of an object that is there otherwise", () => {
    const said = (...edits: readonly ((stack: typeof goodStack) => typeof goodStack)[]): string[] => {
        const stack = edits.reduce((before, each) => each(before), goodStack);
        return requiredResources.check(stackOf(stack), goodPosture).map(({ is }) => is);
    };

    for (const [what, key, value, says] of [
        ["by another name", "metadata.name", "other", 'missing, and one whose name is "other" is there, which nobody has approved'],
        ["in another namespace", "metadata.namespace", "default", 'missing, and one whose name is "sandbox" is in namespace "default", which nobody has approved'],
        ["by another name in another namespace, which may be anything", "metadata", { name: "other", namespace: "default" }, "missing"],
    ] as const) {
        it(`says so of a quota ${what}`, () => {
            assert.deepEqual(said(edit(quota, key, value)), [says]);
        });
    }

    it("says nothing of others that are approved, or of another kind", () => {
        assert.deepEqual(said(remove(quota), add({ ...change(quota, "metadata.name", "other"), type: "kubernetes:core/v1:LimitRange" })), ["missing"]);
        assert.deepEqual(said(remove(defaultDeny)), ["missing"]);
    });
});
