import { UNKNOWN } from "../../../policy/model/resource";
import { volumeTypes } from "../../../policy/rules/volume-types";
import { evaluator, loader } from "../fixtures";
import { CONTAINER, judge, POD } from "../harness";

judge(
    volumeTypes,
    {
        good: evaluator,
        passes: {
            "bounded scratch space": [[`${POD}.volumes`, [{ name: "tmp", emptyDir: { sizeLimit: "16Mi" } }]]],
            "configuration of both sorts": [[`${POD}.volumes`, [{ name: "labels", downwardAPI: { items: [] } }, { name: "all", projected: { sources: [{ configMap: { name: "config" } }] } }]]],
            "a whole volume, said aloud": [[`${CONTAINER}.volumeMounts`, [{ name: "tmp", mountPath: "/tmp", subPath: "", subPathExpr: "", mountPropagation: "None" }]]],
            "configuration that has a field called like a projection's": [[`${POD}.volumes`, [{ name: "config", configMap: { name: "config", sources: [{ secret: {} }] } }]]],
            "configuration": [[`${POD}.volumes`, [{ name: "config", configMap: { name: "config" } }, { name: "all", projected: { sources: [{ downwardAPI: {} }] } }]]],
        },
        blocks: {
            "a path of the node": [`${POD}.volumes`, [{ name: "host", hostPath: { path: "/" } }], `${POD}.volumes[0].hostPath`],
            "the loader's path of the node": [`${POD}.volumes`, [{ name: "host", hostPath: { path: "/sys/kernel/security", type: "Directory" } }], `${POD}.volumes[0].hostPath`],
            "a secret": [`${POD}.volumes`, [{ name: "secret", secret: { secretName: "key" } }], `${POD}.volumes[0].secret`],
            "a claim of storage": [`${POD}.volumes`, [{ name: "data", persistentVolumeClaim: { claimName: "data" } }], `${POD}.volumes[0].persistentVolumeClaim`],
            "a kind of volume that nobody knows yet": [`${POD}.volumes`, [{ name: "new", teleport: {} }], `${POD}.volumes[0].teleport`],
            "unbounded scratch space": [`${POD}.volumes`, [{ name: "tmp", emptyDir: {} }], `${POD}.volumes[0].emptyDir.sizeLimit`],
            "scratch space for want of a source": [`${POD}.volumes`, [{ name: "tmp" }], `${POD}.volumes[0]`],
            "a source of null beside none": [`${POD}.volumes`, [{ name: "tmp", configMap: null }], `${POD}.volumes[0]`],
            "a projected token": [
                `${POD}.volumes`,
                [{ name: "token", projected: { sources: [{ serviceAccountToken: { path: "token" } }] } }],
                `${POD}.volumes[0].projected.sources[0].serviceAccountToken`,
            ],
            "unknown volumes": [`${POD}.volumes`, UNKNOWN, `${POD}.volumes[?][?]`],
            "a part of a volume": [`${CONTAINER}.volumeMounts`, [{ name: "tmp", mountPath: "/tmp", subPath: "../.." }], `${CONTAINER}.volumeMounts[0].subPath`],
            "a part of a volume by a variable": [`${CONTAINER}.volumeMounts`, [{ name: "tmp", mountPath: "/tmp", subPathExpr: "$(X)" }], `${CONTAINER}.volumeMounts[0].subPathExpr`],
            "mounts that reach the node": [`${CONTAINER}.volumeMounts`, [{ name: "tmp", mountPath: "/tmp", mountPropagation: "Bidirectional" }], `${CONTAINER}.volumeMounts[0].mountPropagation`],
        },
    },
    {
        good: loader,
        blocks: {
            "another path of the node": [`${POD}.volumes[0].hostPath.path`, "/"],
            "a path that it would make": [`${POD}.volumes[0].hostPath.type`, "DirectoryOrCreate"],
            "a secret": [`${POD}.volumes[1]`, { name: "secret", secret: {} }, `${POD}.volumes[1].secret`],
        },
    },
);
