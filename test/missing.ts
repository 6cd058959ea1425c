import type { Context } from "mocha";

/** What couldn't be run: the reporter closes with it. */
export const notRun: { readonly what: string; readonly missing: string; readonly remedy: string }[] = [];

/** Skips a test or a suite that needs what this machine hasn't got, and has the run say so at its end. */
export function skip(context: Context, what: string, missing: string, remedy: string): never {
    // Once, where several suites need the same.
    if (!notRun.some((other) => other.what === what && other.missing === missing)) {
        notRun.push({ what, missing, remedy });
    }
    return context.skip();
}
