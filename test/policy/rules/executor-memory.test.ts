import { UNKNOWN } from "../../../policy/model/resource";
import { executorMemory } from "../../../policy/rules/executor-memory";
import { evaluator, orchestrator, posture } from "../fixtures";
import { change, CONTAINER, judge, POD } from "../harness";

const ENV = `${CONTAINER}.env`;
const [POOL, PAGES] = [`${ENV}[1].value`, `${ENV}[2].value`];
const LIMIT = `${CONTAINER}.resources.limits.memory`;
/** 4 × 4096 pages of 64 KiB: exactly 1 GiB, the container's limit. */
const full = { ...change(change(evaluator, POOL, "4"), PAGES, "4096"), name: "full evaluator" };
const python = posture.services["evaluator-python"] as NonNullable<(typeof posture.services)[string]>;

judge(
    executorMemory,
    {
        good: evaluator,
        passes: {
            "the limit in bytes": [[LIMIT, "1073741824"]],
            "the limit as a number": [[LIMIT, 1073741824]],
            "a higher limit": [[LIMIT, "2Gi"]],
            "other variables": [[`${ENV}[3]`, { name: "MAX_REQUESTS_PER_ID", value: "100" }]],
        },
        blocks: {
            "a larger pool": [POOL, "15", ENV],
            "larger memories": [PAGES, "10000", ENV],
            "a lower limit": [LIMIT, "512Mi", ENV],
            "a lower limit in thousandths of a byte": [LIMIT, "1073741824m", ENV],
            "a limit in scientific notation that is lower": [LIMIT, "5e8", ENV],
            "no limit": [LIMIT, undefined, ENV],
            "a limit of null": [LIMIT, null, ENV],
            "an unknown limit": [LIMIT, UNKNOWN, ENV],
            "a limit that can't be read": [LIMIT, "lots", ENV],
            "no pool": [`${ENV}[1]`, { name: "OTHER", value: "1" }, ENV],
            "no pages": [`${ENV}[2]`, { name: "OTHER", value: "1" }, ENV],
            "a pool of nothing, which the service reads as its own default": [POOL, "0", ENV],
            "a pool below nothing": [POOL, "-5", ENV],
            "a pool that is a number": [POOL, 5, ENV],
            "an unknown pool": [POOL, UNKNOWN, ENV],
            "pages in hexadecimal": [PAGES, "0x10", ENV],
            "pages in scientific notation": [PAGES, "1e1", ENV],
            "pages with a fraction": [PAGES, "1.5", ENV],
            "pages of null": [PAGES, null, ENV],
            "unknown pages": [PAGES, UNKNOWN, ENV],
            "a pool that comes from elsewhere": [`${ENV}[1].valueFrom`, { configMapKeyRef: { name: "c", key: "k" } }, ENV],
            "a second pool, which would win": [`${ENV}[3]`, { name: "EXECUTOR_PROCESS_POOL_SIZE", value: "50" }, ENV],
            "a variable whose name is unknown": [`${ENV}[3]`, { name: UNKNOWN, value: "50" }, ENV],
            "a variable of another case": [`${ENV}[1].name`, "executor_process_pool_size", ENV],
            "no environment": [ENV, undefined],
            "an unknown environment": [ENV, UNKNOWN],
            "a second container without a pool": [`${POD}.containers[1]`, { name: "two" }, `${POD}.containers[1].env`],
        },
    },
    { good: full, blocks: { "one page more": [PAGES, "4097", ENV], "one executor more": [POOL, "5", ENV], "one byte less": [LIMIT, "1073741823", ENV] } },
    {
        good: { ...full, name: "evaluator with an approved overcommitment" },
        posture: { services: { "evaluator-python": { ...python, memoryOvercommit: 1.5 } } },
        passes: { "as much as is approved": [[POOL, "6"]] },
        blocks: { "more than is approved": [POOL, "7", ENV] },
    },
    { good: { ...orchestrator, name: "orchestrator, which has no pool" }, blocks: { "an evaluator's name": ["metadata.name", "evaluator-python", ENV] } },
);
