import { field } from "../policy/model/read";
import type { Value } from "../policy/model/resource";
import { metadata, type Stack } from "../policy/model/stack";

export type Runtime = "gvisor" | "kata" | "firecracker";

/** What container runtimes call these. Source: the installation guides of gVisor and Kata Containers. */
const HANDLERS: Readonly<Record<Runtime, RegExp>> = {
    gvisor: /^(runsc|gvisor)/,
    firecracker: /^kata-(fc|firecracker)/,
    kata: /^kata(?!-fc|-firecracker)/,
};

export const isRuntime = (name: string): name is Runtime => Object.hasOwn(HANDLERS, name);

/** The sandboxed runtime behind a RuntimeClass: by its handler, or by its own name where the stack only refers to it. */
export function onRuntime(stack: Stack, className: Value): Runtime | undefined {
    const own = stack.ofKind("RuntimeClass").find((resource) => metadata(resource, "name") === className);
    const handler = own === undefined ? className : field({ path: "", value: own.props }, "handler").value;
    return typeof handler === "string" ? (Object.keys(HANDLERS) as Runtime[]).find((runtime) => HANDLERS[runtime].test(handler)) : undefined;
}
