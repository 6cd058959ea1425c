import { noPrivilegedContainers } from "../../../policy/rules/no-privileged-containers";
import { evaluator } from "../fixtures";
import { CONTEXT, judge, POD_CONTEXT } from "../harness";

judge(noPrivilegedContainers, {
    good: evaluator,
    passes: {
        "privileged left out": [[`${CONTEXT}.privileged`, undefined]],
        "the default /proc": [[`${CONTEXT}.procMount`, "Default"]],
    },
    blocks: {
        "a privileged container": [`${CONTEXT}.privileged`, true],
        "the text \"false\"": [`${CONTEXT}.privileged`, "false"],
        "an unmasked /proc": [`${CONTEXT}.procMount`, "Unmasked"],
        "a host process": [`${CONTEXT}.windowsOptions.hostProcess`, true],
        "a host process for the whole pod": [`${POD_CONTEXT}.windowsOptions.hostProcess`, true],
    },
});
