import { UNKNOWN } from "../../../policy/model/resource";
import { knownWorkloads } from "../../../policy/rules/known-workloads";
import { evaluator, loader } from "../fixtures";
import { judge, POD } from "../harness";

const LABELS = "spec.template.metadata.labels";

judge(
    knownWorkloads,
    {
        good: evaluator,
        passes: { "no init containers, in a list": [[`${POD}.initContainers`, []]] },
        blocks: {
            "a name that isn't approved": ["metadata.name", "evaluator-ruby", "its identity"],
            "another namespace": ["metadata.namespace", "wikifunctions-apparmor", "its identity"],
            "an unknown name": ["metadata.name", UNKNOWN, "its identity"],
            "another instance's label": [`${LABELS}["app.kubernetes.io/instance"]`, "orchestrator"],
            "the orchestrator's label": [`${LABELS}["app.kubernetes.io/component"]`, "orchestrator"],
            "no labels": [LABELS, undefined, `${LABELS}["app.kubernetes.io/instance"]`],
            "unknown labels": [LABELS, UNKNOWN, `${LABELS}[?]`],
            "a second container": [`${POD}.containers[1]`, { name: "second" }, `${POD}.containers`],
            "a text of one character": [`${POD}.containers`, "x"],
            "no container": [`${POD}.containers`, []],
            "containers that aren't known": [`${POD}.containers`, UNKNOWN],
            "an init container": [`${POD}.initContainers`, [{ name: "first" }]],
            "an ephemeral container": [`${POD}.ephemeralContainers`, [{ name: "debug" }]],
            "another kind": ["kind", "StatefulSet", "its identity"],
        },
    },
    {
        good: loader,
        passes: { "a second container, which the loader's own rule refuses": [[`${POD}.containers[1]`, { name: "second" }]] },
        blocks: {
            "another name": ["metadata.name", "loader-2", "its identity"],
            "the sandbox's namespace": ["metadata.namespace", "wikifunctions", "its identity"],
        },
    },
);
