import { UNKNOWN } from "../../../policy/model/resource";
import { requiredResources } from "../../../policy/rules/required-resources";
import { admissionBindings, admissionPolicies, namespace, loaderNamespace } from "../fixtures";
import { evaluator, goodStack, limitRange, loader, orchestrator, parameters, priorityClass, profiles, quota } from "../good-stack";
import { add, edit, judgeStack, remove, replace } from "../harness";

const QUOTA = "ResourceQuota wikifunctions";

judgeStack(requiredResources, {
    good: goodStack,
    passes: {
        "a second quota": [add({ ...quota, urn: `${quota.urn}-2` })],
        "a quota by another name": [edit(quota, "metadata.name", "other")],
    },
    blocks: {
        "no namespace": [[remove(namespace)], "Namespace wikifunctions"],
        "no namespace for the loader": [[remove(loaderNamespace)], "Namespace wikifunctions-apparmor"],
        "no quota": [[remove(quota)], QUOTA],
        "no limit range": [[remove(limitRange)], "LimitRange wikifunctions"],
        "no priority class": [[remove(priorityClass)], "PriorityClass wikifunctions-sandbox"],
        "no loader": [[remove(loader)], "DaemonSet wikifunctions-apparmor/apparmor-loader"],
        "no profiles": [[remove(profiles)], "ConfigMap wikifunctions-apparmor"],
        "no parameters of the admission policies": [[remove(parameters)], "ConfigMap wikifunctions/admission"],
        "an admission policy less": [[remove(...admissionPolicies.slice(1))], "ValidatingAdmissionPolicy wikifunctions-services"],
        "a binding of an admission policy less": [[remove(...admissionBindings.slice(1))], "ValidatingAdmissionPolicyBinding wikifunctions-services"],
        "no orchestrator": [[remove(orchestrator)], "Deployment wikifunctions/orchestrator"],
        "no evaluator": [[remove(evaluator)], "Deployment wikifunctions/evaluator-python"],
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
