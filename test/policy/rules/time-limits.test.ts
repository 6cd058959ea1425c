import { UNKNOWN } from "../../../policy/model/resource";
import { timeLimits } from "../../../policy/rules/time-limits";
import { evaluator, orchestrator } from "../fixtures";
import { CONTAINER, judge } from "../harness";

const ENV = `${CONTAINER}.env`;
const VALUE = `${ENV}[0].value`;

judge(
    timeLimits,
    {
        good: evaluator,
        passes: { "a lower limit": [[VALUE, "1"]], "the longest that any may be": [[VALUE, "60000"]], "other variables": [[`${ENV}[2]`, { name: "MAX_REQUESTS_PER_ID", value: "100" }]] },
        blocks: {
            "no limit": [`${ENV}[0]`, { name: "OTHER", value: "1" }, ENV],
            "no environment": [ENV, undefined],
            "an unknown environment": [ENV, UNKNOWN],
            "a limit above a minute": [VALUE, "60001"],
            "an unknown limit": [VALUE, UNKNOWN],
            "a limit of nothing": [VALUE, "0"],
            "a limit with a unit": [VALUE, "9s"],
            "a limit with a fraction": [VALUE, "8999.5"],
            "a limit in scientific notation": [VALUE, "9e9"],
            "a limit that is a number": [VALUE, 9000],
            "a limit that stands elsewhere": [`${ENV}[0]`, { name: "FUNCTION_EVALUATOR_TIMEOUT_MS", valueFrom: { configMapKeyRef: { name: "c", key: "k" } } }, `${ENV}[0].valueFrom`],
            "a second limit, which would win": [`${ENV}[2]`, { name: "FUNCTION_EVALUATOR_TIMEOUT_MS", value: "100000" }, ENV],
            "a variable with an unknown name": [`${ENV}[1].name`, UNKNOWN],
            "variables from elsewhere": [`${CONTAINER}.envFrom`, [{ configMapRef: { name: "c" } }]],
        },
    },
    { good: orchestrator, blocks: { "a limit above a minute": [VALUE, "60001"] } },
);
