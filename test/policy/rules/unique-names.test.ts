import { UNKNOWN, type Resource, type Value } from "../../../policy/model/resource";
import { uniqueNames } from "../../../policy/rules/unique-names";
import { defaultDeny, evaluator, goodStack, priorityClass, profiles, quota } from "../good-stack";
import { add, change, judgeStack } from "../harness";

/** The same object in the cluster, by another resource of the program. */
function twin(of: Resource, path = "metadata.labels.twin", to: Value = "true"): Resource {
    return { ...change(of, path, to), urn: `${of.urn}-twin`, name: `${of.name}-twin` };
}

/** A type token that says something else than the object does, which is what the provider sends. */
const disguised = { ...twin(quota), type: "kubernetes:core/v1:ConfigMap" };
const patch = { ...twin(evaluator, "kind", undefined), type: "kubernetes:apps/v1:DeploymentPatch" };
const unsaid = change({ ...twin(profiles, "metadata.name", "other"), type: "kubernetes:core/v1:ConfigMap" }, "kind", undefined);

judgeStack(uniqueNames, {
    good: goodStack,
    passes: {
        "another name": [add(twin(profiles, "metadata.name", "other"))],
        "the name in another namespace": [add(twin(profiles, "metadata.namespace", "wikifunctions"))],
        "the name by a component, which makes nothing": [add({ ...twin(quota), type: "wikifunctions:index:Sandbox" })],
        "the name by objects of two kinds that say nothing of their kind": [add(unsaid), add({ ...unsaid, urn: "other", type: "kubernetes:core/v1:LimitRange" })],
        "names that aren't known, which another rule refuses": [change(evaluator, "metadata.name", UNKNOWN), twin(evaluator, "metadata.name", UNKNOWN)].map(add),
    },
    blocks: {
        "a Deployment twice": [[add(twin(evaluator))], "metadata.name", twin(evaluator)],
        "a Deployment twice, of which the first is no better": [[add(twin(evaluator))], "metadata.name", evaluator],
        "profiles twice": [[add(twin(profiles))], "metadata.name", twin(profiles)],
        "a policy twice": [[add(twin(defaultDeny))], "metadata.name", twin(defaultDeny)],
        "a class twice, in a namespace that it can't have": [[add(twin(priorityClass, "metadata.namespace", "wikifunctions"))], "metadata.name", twin(priorityClass)],
        "a quota twice, once disguised": [[add(disguised)], "metadata.name", disguised],
        "a Deployment and its patch": [[add(patch)], "metadata.name", patch],
    },
});
