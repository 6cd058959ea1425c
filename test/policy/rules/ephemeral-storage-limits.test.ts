import { UNKNOWN } from "../../../policy/model/resource";
import { ephemeralStorageLimits } from "../../../policy/rules/ephemeral-storage-limits";
import { evaluator } from "../fixtures";
import { CONTAINER, judge, POD } from "../harness";

const LIMIT = `${CONTAINER}.resources.limits.ephemeral-storage`;
const REQUEST = `${CONTAINER}.resources.requests.ephemeral-storage`;

judge(ephemeralStorageLimits, {
    good: evaluator,
    passes: { "another limit, written otherwise": [[LIMIT, "1073741824"]] },
    blocks: {
        "no limit": [LIMIT, undefined],
        "a limit of null": [LIMIT, null],
        "no request": [REQUEST, undefined],
        "a limit of nothing": [LIMIT, "0"],
        "a negative limit": [LIMIT, "-1"],
        "a limit that can't be read": [LIMIT, "plenty"],
        "an unknown limit": [LIMIT, UNKNOWN],
        "a request above the limit": [REQUEST, "0.3Gi"],
        "no resources at all": [`${CONTAINER}.resources`, undefined, LIMIT],
        "an init container without limits": [`${POD}.initContainers`, [{ name: "init" }], `${POD}.initContainers[0].resources.limits.ephemeral-storage`],
    },
});
