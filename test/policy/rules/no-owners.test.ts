import { UNKNOWN } from "../../../policy/model/resource";
import { noOwners } from "../../../policy/rules/no-owners";
import { evaluator, namespace } from "../fixtures";
import { judge } from "../harness";

const OWNER = { apiVersion: "v1", kind: "ConfigMap", name: "x", uid: "00000000-0000-0000-0000-000000000000" };

judge(
    noOwners,
    {
        good: evaluator,
        passes: { "no owners, in a list": [["metadata.ownerReferences", []]], "finalizers of null": [["metadata.finalizers", null]] },
        blocks: {
            "an owner": ["metadata.ownerReferences", [OWNER]],
            "owners that aren't known": ["metadata.ownerReferences", UNKNOWN],
            "a finalizer": ["metadata.finalizers", ["orphan"]],
            "metadata that nobody can read": ["metadata", "unreadable", "metadata.ownerReferences"],
        },
    },
    { good: namespace, blocks: { "an owner": ["metadata.ownerReferences", [OWNER]] } },
);
