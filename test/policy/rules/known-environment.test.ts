import { UNKNOWN } from "../../../policy/model/resource";
import { knownEnvironment } from "../../../policy/rules/known-environment";
import { evaluator, orchestrator } from "../fixtures";
import { CONTAINER, judge, POD } from "../harness";

judge(
    knownEnvironment,
    {
        good: evaluator,
        passes: {
            "no variable at all": [[`${CONTAINER}.env`, undefined]],
            "the executors of its image": [[`${CONTAINER}.env`, [{ name: "EXECUTOR_ROOT", value: "/srv/executors" }]]],
            "another variable that its image reads": [[`${CONTAINER}.env`, [{ name: "MAX_REQUESTS_PER_ID", value: "1" }]]],
        },
        blocks: {
            "a library to load first": [`${CONTAINER}.env`, [{ name: "LD_PRELOAD", value: "/x.so" }], `${CONTAINER}.env[0].name`],
            "another search path": [`${CONTAINER}.env`, [{ name: "PATH", value: "/tmp" }], `${CONTAINER}.env[0].name`],
            "other executors": [`${CONTAINER}.env`, [{ name: "EXECUTOR_ROOT", value: "/tmp" }], `${CONTAINER}.env[0].value`],
            "executors by a way round": [`${CONTAINER}.env`, [{ name: "EXECUTOR_ROOT", value: "/srv/executors/../x" }], `${CONTAINER}.env[0].value`],
            "executors of another source": [`${CONTAINER}.env`, [{ name: "EXECUTOR_ROOT", valueFrom: { configMapKeyRef: { name: "x", key: "x" } } }], `${CONTAINER}.env[0].value`],
            "unknown executors": [`${CONTAINER}.env`, [{ name: "EXECUTOR_ROOT", value: UNKNOWN }], `${CONTAINER}.env[0].value`],
            "a variable of the orchestrator": [`${CONTAINER}.env`, [{ name: "ORCHESTRATOR_CONFIG", value: "{}" }], `${CONTAINER}.env[0].name`],
            "the name in other letters": [`${CONTAINER}.env`, [{ name: "executor_root", value: "/x" }], `${CONTAINER}.env[0].name`],
            "an unknown name": [`${CONTAINER}.env`, [{ name: UNKNOWN, value: "x" }], `${CONTAINER}.env[0].name`],
            "an unknown list": [`${CONTAINER}.env`, UNKNOWN, `${CONTAINER}.env[?].name`],
            "a variable of an init container": [`${POD}.initContainers`, [{ name: "i", env: [{ name: "NODE_OPTIONS", value: "--require /x" }] }], `${POD}.initContainers[0].env[0].name`],
        },
    },
    { good: orchestrator, blocks: { "a variable of the evaluators": [`${CONTAINER}.env`, [{ name: "EXECUTOR_ROOT", value: "/x" }], `${CONTAINER}.env[0].name`] } },
);
