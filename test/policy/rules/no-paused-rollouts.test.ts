import { UNKNOWN } from "../../../policy/model/resource";
import { noPausedRollouts } from "../../../policy/rules/no-paused-rollouts";
import { evaluator, namespace } from "../fixtures";
import { judge } from "../harness";

judge(
    noPausedRollouts,
    {
        good: evaluator,
        passes: { "paused said false": [["spec.paused", false]] },
        blocks: {
            "a pause": ["spec.paused", true],
            "a pause that may be": ["spec.paused", UNKNOWN],
            "a text": ["spec.paused", "false"],
        },
    },
    { good: namespace, passes: { "a field that is about nothing": [["spec.paused", true]] }, blocks: {} },
);
