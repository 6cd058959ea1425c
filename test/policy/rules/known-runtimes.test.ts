import assert from "node:assert/strict";
import { UNKNOWN } from "../../../policy/model/resource";
import { stackOf } from "../../../policy/model/stack";
import { knownRuntimes } from "../../../policy/rules/known-runtimes";
import { posture, resource } from "../fixtures";
import { evaluator, goodStack } from "../good-stack";
import { add, change, edit, judgeStack, POD } from "../harness";

const NAME = `${POD}.runtimeClassName`;
const classOf = (name: string, handler: string) => resource("kubernetes:node.k8s.io/v1:RuntimeClass", name, { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name }, handler });
const gvisor = classOf("gvisor", "runsc");
const sandboxed = classOf("sandboxed", "kata-qemu");
const unknown = change(gvisor, "handler", UNKNOWN);
const nameless = change(sandboxed, "metadata.name", UNKNOWN);

judgeStack(knownRuntimes, {
    good: goodStack,
    passes: {
        "a class of the stack": [add(sandboxed), edit(evaluator, NAME, "sandboxed")],
        "a class of the cluster, called after its runtime": [edit(evaluator, NAME, "kata-fc")],
        "no class": [edit(evaluator, NAME, "")],
        "classes of all runtimes": [add(gvisor), add(classOf("kata", "kata")), add(classOf("kata-fc", "kata-fc")), add(classOf("firecracker", "kata-firecracker"))],
    },
    blocks: {
        "a class that nobody knows": [[edit(evaluator, NAME, "plain")], NAME, evaluator],
        "a class of a workload that nobody approved": [[edit(evaluator, "metadata.name", "miner"), edit(evaluator, NAME, "plain")], NAME, evaluator],
        "a class that may be any": [[edit(evaluator, NAME, UNKNOWN)], NAME, evaluator],
        "a class of another name than the stack's": [[add(sandboxed), edit(evaluator, NAME, "sandbox")], NAME, evaluator],
        "a class that is called nearly like a runtime": [[edit(evaluator, NAME, "gvisorless")], NAME, evaluator],
        "the node's kernel by the name of gVisor": [[add(classOf("gvisor", "runc"))], "handler", classOf("gvisor", "runc")],
        "Kata Containers by the name of gVisor": [[add(classOf("gvisor", "kata"))], "handler", classOf("gvisor", "kata")],
        "QEMU by the name of Firecracker": [[add(classOf("kata-fc", "kata-qemu"))], "handler", classOf("kata-fc", "kata-qemu")],
        "gVisor by the name of Firecracker": [[add(classOf("firecracker", "runsc"))], "handler", classOf("firecracker", "runsc")],
        "a handler that is called nearly like a runtime's": [[add(classOf("sandboxed", "my-runsc"))], "handler", classOf("sandboxed", "my-runsc")],
        "a handler that nobody knows": [[add(classOf("sandboxed", "crun"))], "handler", classOf("sandboxed", "crun")],
        "a handler that may be any": [[add(unknown)], "handler", unknown],
        "a handler of no sandbox under a name that may be any": [[add(change(nameless, "handler", "runc"))], "handler", nameless],
    },
});

describe("policy: known-runtimes, by posture", () => {
    it("takes the class that is approved for a service, and for no other", () => {
        const services = { ...posture.services, "evaluator-python": { ...posture.services["evaluator-python"], minRuntimeClass: "plain" } } as typeof posture.services;
        const onPlain = (name: string) => stackOf(goodStack.map((each) => (each.name === name ? change(each, NAME, "plain") : each)));
        assert.deepEqual(knownRuntimes.check(onPlain("evaluator-python"), { ...posture, services }), []);
        assert.equal(knownRuntimes.check(onPlain("orchestrator"), { ...posture, services }).length, 1);
    });
});
