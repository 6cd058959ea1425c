import { scheduledNormally } from "../../../policy/rules/scheduled-normally";
import { evaluator } from "../fixtures";
import { judge, POD } from "../harness";

judge(scheduledNormally, {
    good: evaluator,
    passes: {
        "Linux by name": [[`${POD}.os`, { name: "linux" }]],
        "a scheduler whose name is left empty": [[`${POD}.schedulerName`, ""]],
        "no node, and the cluster's own scheduler, said aloud": [[`${POD}.nodeName`, ""], [`${POD}.schedulerName`, "default-scheduler"]],
    },
    blocks: {
        "a node by name": [`${POD}.nodeName`, "node-1"],
        "a scheduler of its own": [`${POD}.schedulerName`, "lenient"],
        "another system": [`${POD}.os.name`, "windows"],
    },
});
