import { UNKNOWN } from "../../../policy/model/resource";
import { noVolumeMounts } from "../../../policy/rules/no-volume-mounts";
import { evaluator, loader, orchestrator } from "../fixtures";
import { CONTAINER, judge, POD } from "../harness";

judge(
    noVolumeMounts,
    {
        good: evaluator,
        passes: {
            "an empty list": [[`${CONTAINER}.volumeMounts`, []]],
            "null": [[`${CONTAINER}.volumeMounts`, null]],
            "a volume that nothing mounts": [[`${POD}.volumes`, [{ name: "x", emptyDir: { sizeLimit: "16Mi" } }]]],
        },
        blocks: {
            "another program over its own": [`${CONTAINER}.volumeMounts`, [{ name: "x", mountPath: "/srv/service" }]],
            "other executors": [`${CONTAINER}.volumeMounts`, [{ name: "x", mountPath: "/srv/executors", readOnly: true }]],
            "scratch space": [`${CONTAINER}.volumeMounts`, [{ name: "x", mountPath: "/tmp" }]],
            "unknown mounts": [`${CONTAINER}.volumeMounts`, UNKNOWN],
            "an object in place of the list": [`${CONTAINER}.volumeMounts`, { name: "x", mountPath: "/usr" }],
            "a mount in an init container": [`${POD}.initContainers`, [{ name: "i", volumeMounts: [{ name: "x", mountPath: "/x" }] }], `${POD}.initContainers[0].volumeMounts`],
            "a mount in a second container": [`${POD}.containers[1]`, { name: "i", volumeMounts: [{ name: "x", mountPath: "/x" }] }, `${POD}.containers[1].volumeMounts`],
        },
    },
    { good: orchestrator, blocks: { "its settings over its own": [`${CONTAINER}.volumeMounts`, [{ name: "x", mountPath: "/etc" }]] } },
    { good: loader, blocks: { "the mounts of the loader under another name": ["metadata.name", "other", `${CONTAINER}.volumeMounts`] } },
);
