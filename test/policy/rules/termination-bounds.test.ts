import { terminationBounds } from "../../../policy/rules/termination-bounds";
import { evaluator } from "../fixtures";
import { CONTAINER, judge, POD } from "../harness";

judge(terminationBounds, {
    good: evaluator,
    passes: { "the default": [[`${POD}.terminationGracePeriodSeconds`, undefined]] },
    blocks: {
        "an hour once its liveness probe fails": [`${CONTAINER}.livenessProbe.terminationGracePeriodSeconds`, 3600],
        "an hour once its readiness probe fails": [`${CONTAINER}.readinessProbe.terminationGracePeriodSeconds`, 3600],
        "an hour once its startup probe fails": [`${CONTAINER}.startupProbe.terminationGracePeriodSeconds`, 3600],
        "an hour": [`${POD}.terminationGracePeriodSeconds`, 3600],
        "a text": [`${POD}.terminationGracePeriodSeconds`, "15"],
    },
});
