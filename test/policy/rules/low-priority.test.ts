import { lowPriority } from "../../../policy/rules/low-priority";
import { evaluator, loader } from "../fixtures";
import { judge, POD } from "../harness";

judge(
    lowPriority,
    {
        good: evaluator,
        passes: { "a class that is told again not to displace": [[`${POD}.preemptionPolicy`, "Never"]] },
        blocks: {
            "another class": [`${POD}.priorityClassName`, "system-cluster-critical"],
            "no class": [`${POD}.priorityClassName`, undefined],
            "a priority of its own": [`${POD}.priority`, 1000],
            "leave to displace": [`${POD}.preemptionPolicy`, "PreemptLowerPriority"],
        },
    },
    { good: loader, blocks: {} },
);
