import { UNKNOWN } from "../../../policy/model/resource";
import type { Posture } from "../../../policy/posture/posture";
import { runtimeClass } from "../../../policy/rules/runtime-class";
import { evaluator, posture } from "../fixtures";
import { change, judge, POD } from "../harness";

const { services } = posture;
const sandboxed = { services: { ...services, "evaluator-python": { ...services["evaluator-python"], minRuntimeClass: "gvisor" } } } as Partial<Posture>;

judge(
    runtimeClass,
    {
        good: change(evaluator, `${POD}.runtimeClassName`, "gvisor"),
        posture: sandboxed,
        blocks: {
            "the class left out": [`${POD}.runtimeClassName`, undefined],
            "another class": [`${POD}.runtimeClassName`, "runc"],
            "an unknown class": [`${POD}.runtimeClassName`, UNKNOWN],
        },
    },
    { good: evaluator, passes: { "a class that nobody asked for": [[`${POD}.runtimeClassName`, "gvisor"]] }, blocks: {} },
);
