/** Container runtimes that put a second kernel or a virtual machine between a pod and its node, by what their handlers are called. Source: the installation guides of gVisor and Kata Containers. */
export const RUNTIMES = {
    gvisor: /^(runsc|gvisor)(-|$)/,
    firecracker: /^(firecracker|kata-(fc|firecracker))(-|$)/,
    kata: /^kata(?!-fc|-firecracker)(-|$)/,
} as const;

export type Runtime = keyof typeof RUNTIMES;

/** The sandboxed runtime of a handler, or of a RuntimeClass that is called as its handler is. */
export function runtimeCalled(name: string): Runtime | undefined {
    return (Object.keys(RUNTIMES) as Runtime[]).find((runtime) => RUNTIMES[runtime].test(name));
}
