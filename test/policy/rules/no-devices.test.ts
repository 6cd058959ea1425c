import { noDevices } from "../../../policy/rules/no-devices";
import { evaluator } from "../fixtures";
import { CONTAINER, judge, POD } from "../harness";

judge(noDevices, {
    good: evaluator,
    passes: { "none of a device, said aloud": [[`${CONTAINER}.resources.limits["example.com/gpu"]`, "0"], [`${CONTAINER}.resources.requests.hugepages-2Mi`, 0]] },
    blocks: {
        "a device": [`${CONTAINER}.resources.limits["example.com/gpu"]`, "1"],
        "huge pages": [`${CONTAINER}.resources.requests.hugepages-2Mi`, "4Mi"],
        "a claim": [`${CONTAINER}.resources.claims`, [{ name: "gpu" }]],
        "a claim of the pod": [`${POD}.resourceClaims`, [{ name: "gpu" }]],
        "a pool for the whole pod": [`${POD}.resources`, { limits: { memory: "1Gi" } }],
        "a raw volume": [`${CONTAINER}.volumeDevices`, [{ name: "disk", devicePath: "/dev/xvda" }]],
    },
});
