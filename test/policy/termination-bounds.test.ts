import { terminationBounds } from "../../policy/rules/termination-bounds";
import { evaluator } from "./fixtures";
import { judge, POD } from "./harness";

judge(terminationBounds, {
    good: evaluator,
    passes: { "the default": [[`${POD}.terminationGracePeriodSeconds`, undefined]] },
    blocks: {
        "an hour": [`${POD}.terminationGracePeriodSeconds`, 3600],
        "a text": [`${POD}.terminationGracePeriodSeconds`, "15"],
    },
});
