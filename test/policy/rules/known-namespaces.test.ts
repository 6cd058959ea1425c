import { UNKNOWN } from "../../../policy/model/resource";
import { knownNamespaces } from "../../../policy/rules/known-namespaces";
import { evaluator, namespace } from "../fixtures";
import { judge } from "../harness";

judge(
    knownNamespaces,
    {
        good: evaluator,
        blocks: {
            "another namespace": ["metadata.namespace", "default"],
            "no namespace": ["metadata.namespace", undefined],
            "an unknown namespace": ["metadata.namespace", UNKNOWN],
            "an empty name": ["metadata.name", ""],
            "no name": ["metadata.name", undefined],
            "a generated name": ["metadata.generateName", "evaluator-"],
        },
    },
    { good: namespace, blocks: { "another name": ["metadata.name", "kube-system"] } },
);
