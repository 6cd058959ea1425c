import { runAsNonRoot } from "../../../policy/rules/run-as-non-root";
import { evaluator, loader } from "../fixtures";
import { CONTEXT, judge, POD, POD_CONTEXT } from "../harness";

judge(
    runAsNonRoot,
    {
        good: evaluator,
        passes: {
            "the container relying on the pod": [
                [`${CONTEXT}.runAsNonRoot`, undefined],
                [`${CONTEXT}.runAsUser`, null],
                [`${CONTEXT}.runAsGroup`, undefined],
            ],
            "the highest id": [[`${CONTEXT}.runAsUser`, 2 ** 31 - 1]],
            "the pod relying on the container": [[`${POD_CONTEXT}.runAsNonRoot`, undefined]],
        },
        blocks: {
            "a container that overrides the pod": [`${CONTEXT}.runAsNonRoot`, false],
            "root": [`${CONTEXT}.runAsUser`, 0],
            "root as text": [`${CONTEXT}.runAsUser`, "900"],
            "an id that wraps around to a negative one": [`${CONTEXT}.runAsUser`, 2 ** 31],
            "a negative user id": [`${CONTEXT}.runAsUser`, -1],
            "root's group": [`${CONTEXT}.runAsGroup`, 0],
            "root's group among the others": [`${POD_CONTEXT}.supplementalGroups`, [100, 0], `${POD_CONTEXT}.supplementalGroups[1]`],
            "root's group for files": [`${POD_CONTEXT}.fsGroup`, 0],
            "root on the pod, whatever the container says": [`${POD_CONTEXT}.runAsUser`, 0],
            "root's group on the pod, whatever the container says": [`${POD_CONTEXT}.runAsGroup`, 0],
            "root allowed on the pod, whatever the container says": [`${POD_CONTEXT}.runAsNonRoot`, false],
            "an init container without a pod to inherit from": [`${POD}.initContainers`, [{ securityContext: { runAsUser: 0 } }], `${POD}.initContainers[0].securityContext.runAsUser`],
        },
    },
    { good: loader, blocks: { "root's group for files": [`${POD_CONTEXT}.fsGroup`, 0] } },
);
