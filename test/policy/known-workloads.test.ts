import { UNKNOWN } from "../../policy/model/resource";
import { knownWorkloads } from "../../policy/rules/known-workloads";
import { evaluator, loader } from "./fixtures";
import { judge } from "./harness";

const LABELS = "spec.template.metadata.labels";

judge(
    knownWorkloads,
    {
        good: evaluator,
        blocks: {
            "a name that isn't approved": ["metadata.name", "evaluator-ruby", "its identity"],
            "another namespace": ["metadata.namespace", "wikifunctions-apparmor", "its identity"],
            "an unknown name": ["metadata.name", UNKNOWN, "its identity"],
            "another instance's label": [`${LABELS}["app.kubernetes.io/instance"]`, "orchestrator"],
            "the orchestrator's label": [`${LABELS}["app.kubernetes.io/component"]`, "orchestrator"],
            "no labels": [LABELS, undefined, `${LABELS}["app.kubernetes.io/instance"]`],
            "unknown labels": [LABELS, UNKNOWN, `${LABELS}[?]`],
            "another kind": ["kind", "StatefulSet", "its identity"],
        },
    },
    {
        good: loader,
        blocks: {
            "another name": ["metadata.name", "loader-2", "its identity"],
            "the sandbox's namespace": ["metadata.namespace", "wikifunctions", "its identity"],
        },
    },
);
