import { UNKNOWN } from "../../../policy/model/resource";
import { memoryLimits } from "../../../policy/rules/memory-limits";
import { evaluator } from "../fixtures";
import { CONTAINER, judge, POD } from "../harness";

const LIMIT = `${CONTAINER}.resources.limits.memory`;
const REQUEST = `${CONTAINER}.resources.requests.memory`;

judge(memoryLimits, {
    good: evaluator,
    passes: { "another limit, written otherwise": [[LIMIT, "2097152Ki"]], "a request that reaches the limit": [[REQUEST, "1024Mi"]] },
    blocks: {
        "no limit": [LIMIT, undefined],
        "a limit of null": [LIMIT, null],
        "no request": [REQUEST, undefined],
        "a limit of nothing": [LIMIT, "0"],
        "a negative limit": [LIMIT, "-1"],
        "a limit that can't be read": [LIMIT, "plenty"],
        "an unknown limit": [LIMIT, UNKNOWN],
        "a request above the limit": [REQUEST, "1.01Gi"],
        "no resources at all": [`${CONTAINER}.resources`, undefined, LIMIT],
        "an init container without limits": [`${POD}.initContainers`, [{ name: "init" }], `${POD}.initContainers[0].resources.limits.memory`],
    },
});
