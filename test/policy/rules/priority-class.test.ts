import { UNKNOWN } from "../../../policy/model/resource";
import { priorityClass as rule } from "../../../policy/rules/priority-class";
import { priorityClass } from "../good-stack";
import { judge } from "../harness";

judge(
    rule,
    {
        good: priorityClass,
        passes: {
            "the lowest value": [["value", -2_147_483_648]],
            "the highest negative value": [["value", -1]],
            "nothing said about the default": [["globalDefault", undefined]],
        },
        blocks: {
            "the priority of those who name none": ["value", 0],
            "a high priority": ["value", 1_000_000],
            "the value as a text": ["value", "-1000"],
            "a fraction": ["value", -0.5],
            "a value below the lowest, which Kubernetes refuses": ["value", -2_147_483_649],
            "no value": ["value", undefined],
            "a value of null": ["value", null],
            "an unknown value": ["value", UNKNOWN],
            "preemption": ["preemptionPolicy", "PreemptLowerPriority"],
            "preemption by default": ["preemptionPolicy", undefined],
            "preemption by null": ["preemptionPolicy", null],
            "a policy of another case": ["preemptionPolicy", "never"],
            "an unknown policy": ["preemptionPolicy", UNKNOWN],
            "everybody's default": ["globalDefault", true],
            "everybody's default, as a text": ["globalDefault", "true"],
            "an unknown default": ["globalDefault", UNKNOWN],
            "another name": ["metadata.name", "other"],
            "no name": ["metadata.name", undefined],
            "an unknown name": ["metadata.name", UNKNOWN],
            "unknown metadata": ["metadata", UNKNOWN, "metadata.name"],
        },
    },
    { good: { ...priorityClass, type: "kubernetes:scheduling.k8s.io/v1:PriorityClassPatch", name: "patch" }, blocks: { "a high priority": ["value", 1000] } },
    { good: { ...priorityClass, type: "kubernetes:core/v1:ConfigMap", name: "disguise" }, blocks: { "a high priority": ["value", 1000] } },
);
