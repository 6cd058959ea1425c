import { UNKNOWN } from "../../policy/model/resource";
import { noCommandOverride } from "../../policy/rules/no-command-override";
import { evaluator, loader, orchestrator } from "./fixtures";
import { CONTAINER, judge, POD } from "./harness";

judge(
    noCommandOverride,
    {
        good: evaluator,
        passes: { "a command of null": [[`${CONTAINER}.command`, null]] },
        blocks: {
            "a command": [`${CONTAINER}.command`, ["env", "FUNCTION_EVALUATOR_TIMEOUT_MS=99999", "/srv/service/run"]],
            "arguments": [`${CONTAINER}.args`, ["--timeout=99999"]],
            "an unknown command": [`${CONTAINER}.command`, UNKNOWN],
            "arguments of an init container": [`${POD}.initContainers`, [{ name: "i", args: ["x"] }], `${POD}.initContainers[0].args`],
            "an unknown container": [CONTAINER, UNKNOWN, `${CONTAINER}.command`],
        },
    },
    { good: orchestrator, blocks: { "a command": [`${CONTAINER}.command`, ["sh"]] } },
    { good: loader, blocks: { "a command, but of another name": ["metadata.name", "other", `${CONTAINER}.command`] } },
);
