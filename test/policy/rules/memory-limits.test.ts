import { UNKNOWN } from "../../../policy/model/resource";
import { memoryLimits } from "../../../policy/rules/memory-limits";
import { evaluator } from "../fixtures";
import { CONTAINER, judge, POD } from "../harness";

const LIMIT = `${CONTAINER}.resources.limits.memory`;
const REQUEST = `${CONTAINER}.resources.requests.memory`;

judge(memoryLimits, {
    good: evaluator,
    passes: { "a limit at the ceiling, written otherwise": [[LIMIT, "2097152Ki"]] },
    blocks: {
        "no limit": [LIMIT, undefined],
        "a limit of null": [LIMIT, null],
        "no request": [REQUEST, undefined],
        "a limit of nothing": [LIMIT, "0"],
        "a negative limit": [LIMIT, "-1"],
        "a limit that can't be read": [LIMIT, "plenty"],
        "an unknown limit": [LIMIT, UNKNOWN],
        "a limit above the ceiling": [LIMIT, "2049Mi"],
        "a request above the limit": [REQUEST, "1.01Gi"],
        "no resources at all": [`${CONTAINER}.resources`, undefined, LIMIT],
        "an init container without limits": [`${POD}.initContainers`, [{ name: "init" }], `${POD}.initContainers[0].resources.limits.memory`],
    },
});
