import { describeName } from "../model/message";
import { field, isUnset } from "../model/read";
import type { Resource, Value } from "../model/resource";
import { runtimeCalled } from "../model/runtimes";
import { serviceOf } from "../posture/service";
import { metadata } from "../model/stack";
import { demand } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { StackRule } from "./rule";

export const knownRuntimes: StackRule = {
    scope: "stack",
    name: "known-runtimes",
    measures: ["gvisor", "kata", "firecracker"],
    severity: "critical",
    needs: "posture",
    description: "A RuntimeClass stands for a sandboxed runtime, the one that it is called after, and pods have no other.",
    rationale: "A class is only a name: with another handler behind it, what is approved as a second kernel runs on the node's, and a handler that nobody knows may do without seccomp or AppArmor.",
    remediation: "Use a handler of gVisor (runsc) or Kata Containers (kata, kata-qemu, kata-fc, …), or leave runtimeClassName out.",
    references: [kubernetes("concepts/containers/runtime-class/")],
    check: (stack, posture) => {
        const classes = stack.ofKind("RuntimeClass");
        const own = classes.map((each) => metadata(each, "name"));
        return [
            ...classes.flatMap((each) => handler(each)),
            ...stack.pods.flatMap((pod) => {
                const isKnown = (name: Value): boolean => isUnset(name) || name === "" || name === serviceOf(pod, posture)?.minRuntimeClass || (typeof name === "string" && (own.includes(name) || runtimeCalled(name) !== undefined));
                return demand(field(pod.spec, "runtimeClassName"), "a RuntimeClass of the stack, one that is called after a sandboxed runtime, or left out", isKnown, describeName).map((violation) => ({ ...violation, resource: pod.resource }));
            }),
        ];
    },
};

function handler(resource: Resource): Violation[] {
    const name = metadata(resource, "name");
    const promised = typeof name === "string" ? runtimeCalled(name) : undefined;
    const holds = (value: Value): boolean => typeof value === "string" && runtimeCalled(value) !== undefined && (promised === undefined || runtimeCalled(value) === promised);
    return demand(field({ path: "", value: resource.props }, "handler"), `a handler of ${promised ?? "gvisor, kata or firecracker"}`, holds, describeName).map((violation) => ({ ...violation, resource }));
}
