import { field } from "../policy/model/read";
import type { Value } from "../policy/model/resource";
import { RUNTIMES, runtimeCalled, type Runtime } from "../policy/model/runtimes";
import { metadata, type Stack } from "../policy/model/stack";

export type { Runtime };

export const isRuntime = (name: string): name is Runtime => Object.hasOwn(RUNTIMES, name);

/** The sandboxed runtime behind a RuntimeClass: by its handler, or by its own name where the stack only refers to it. */
export function onRuntime(stack: Stack, className: Value): Runtime | undefined {
    const own = stack.ofKind("RuntimeClass").find((resource) => metadata(resource, "name") === className);
    const handler = own === undefined ? className : field({ path: "", value: own.props }, "handler").value;
    return typeof handler === "string" ? runtimeCalled(handler) : undefined;
}
