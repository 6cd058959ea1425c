import type { Context } from "mocha";
import { addNotRun, type NotRun } from "./closing";

/** What couldn't be run: the reporter closes with it. */
export const notRun: NotRun[] = [];

/** Skips a test or a suite that needs what this machine hasn't got, and has the run say so at its end. */
export function skip(context: Context, what: string, missing: string, remedy: string): never {
    addNotRun(notRun, { what, missing, remedy });
    return context.skip();
}
