import { UNKNOWN } from "../../../policy/model/resource";
import { readOnlyRootFilesystem } from "../../../policy/rules/read-only-root-filesystem";
import { evaluator } from "../fixtures";
import { CONTAINER, CONTEXT, judge, POD } from "../harness";

judge(readOnlyRootFilesystem, {
    good: evaluator,
    passes: { "its last words where they always are": [[`${CONTAINER}.terminationMessagePath`, "/dev/termination-log"]], "its last words nowhere said": [[`${CONTAINER}.terminationMessagePath`, ""]] },
    blocks: {
        "a writable file over one of the image": [`${CONTAINER}.terminationMessagePath`, "/etc/ld.so.preload"],
        "a writable file that may be anywhere": [`${CONTAINER}.terminationMessagePath`, UNKNOWN],
        "a writable root": [`${CONTEXT}.readOnlyRootFilesystem`, false],
        "the field left out": [`${CONTEXT}.readOnlyRootFilesystem`, undefined],
        "null, which means left out": [`${CONTEXT}.readOnlyRootFilesystem`, null],
        "the text \"true\"": [`${CONTEXT}.readOnlyRootFilesystem`, "true"],
        "an unknown security context": [CONTEXT, UNKNOWN, `${CONTEXT}.readOnlyRootFilesystem`],
        "a security context that is true": [CONTEXT, true, `${CONTEXT}.readOnlyRootFilesystem`],
        "an unhardened init container": [`${POD}.initContainers[0]`, { name: "init" }, `${POD}.initContainers[0].securityContext.readOnlyRootFilesystem`],
        "an unhardened ephemeral container": [`${POD}.ephemeralContainers[0]`, { name: "debug" }, `${POD}.ephemeralContainers[0].securityContext.readOnlyRootFilesystem`],
        "containers that aren't known": [`${POD}.containers`, UNKNOWN, `${POD}.containers[?].securityContext.readOnlyRootFilesystem`],
        "a spec that isn't known": [POD, UNKNOWN, `${POD}.containers[?].securityContext.readOnlyRootFilesystem`],
    },
});
