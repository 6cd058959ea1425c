import { UNKNOWN } from "../../../policy/model/resource";
import { noSkipAwait } from "../../../policy/rules/no-skip-await";
import { evaluator, loader } from "../fixtures";
import { change, judge } from "../harness";

judge(
    noSkipAwait,
    {
        good: evaluator,
        passes: {
            "waiting, said aloud": [[`metadata.annotations["pulumi.com/skipAwait"]`, "false"]],
            "annotations about other things": [[`metadata.annotations["example.org/owner"]`, "abstract"]],
        },
        blocks: {
            "no waiting": [`metadata.annotations["pulumi.com/skipAwait"]`, "true"],
            "waiting for something else": [`metadata.annotations["pulumi.com/waitFor"]`, "jsonpath={.metadata.name}"],
            "waiting for what reads like nothing": [`metadata.annotations["pulumi.com/waitFor"]`, "false"],
            "pods left behind": [`metadata.annotations["pulumi.com/deletionPropagationPolicy"]`, "orphan"],
            "unknown annotations": ["metadata.annotations", UNKNOWN, "metadata.annotations[?]"],
        },
    },
    {
        good: change(evaluator, `metadata.annotations["pulumi.com/skipAwait"]`, "true"),
        posture: { allowSkipAwait: true },
        blocks: { "pods left behind": [`metadata.annotations["pulumi.com/deletionPropagationPolicy"]`, "orphan"] },
    },
    {
        good: loader,
        posture: { allowSkipAwait: true },
        blocks: { "no waiting, which only services may": [`metadata.annotations["pulumi.com/skipAwait"]`, "true"] },
    },
);
