import { UNKNOWN } from "../../../policy/model/resource";
import { noCommandOverride } from "../../../policy/rules/no-command-override";
import { evaluator, loader, orchestrator } from "../fixtures";
import { CONTAINER, judge, POD } from "../harness";

judge(
    noCommandOverride,
    {
        good: evaluator,
        passes: {
            "a command of null": [[`${CONTAINER}.command`, null]],
            "the folder of the service": [[`${CONTAINER}.workingDir`, "/srv/service"]],
            "the folder of the image, in no words": [[`${CONTAINER}.workingDir`, ""]],
            "no terminal": [[`${CONTAINER}.tty`, false], [`${CONTAINER}.stdin`, false], [`${CONTAINER}.stdinOnce`, false]],
        },
        blocks: {
            "a command": [`${CONTAINER}.command`, ["env", "FUNCTION_EVALUATOR_TIMEOUT_MS=99999", "/srv/service/run"]],
            "arguments": [`${CONTAINER}.args`, ["--timeout=99999"]],
            "an unknown command": [`${CONTAINER}.command`, UNKNOWN],
            "arguments of an init container": [`${POD}.initContainers`, [{ name: "i", args: ["x"] }], `${POD}.initContainers[0].args`],
            "another folder": [`${CONTAINER}.workingDir`, "/tmp"],
            "an unknown folder": [`${CONTAINER}.workingDir`, UNKNOWN],
            "a terminal": [`${CONTAINER}.tty`, true],
            "input": [`${CONTAINER}.stdin`, true],
            "input once": [`${CONTAINER}.stdinOnce`, true],
            "an unknown container": [CONTAINER, UNKNOWN, `${CONTAINER}.command`],
        },
    },
    { good: orchestrator, blocks: { "a command": [`${CONTAINER}.command`, ["sh"]] } },
    { good: loader, blocks: { "a command, but of another name": ["metadata.name", "other", `${CONTAINER}.command`] } },
);
