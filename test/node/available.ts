import type { Context } from "mocha";
import { isNodeBuilt, missingForNode } from "../../lab";
import { Problem } from "../../cli/problem";
import { skip } from "../missing";

/** Why there is no node for tests to boot, in words for the user. One that isn't built isn't built here: that takes longer than many tests. */
export async function whyNone(): Promise<string | undefined> {
    try {
        return missingForNode() ?? (await isNodeBuilt() ? undefined : "a node that is built already");
    } catch (error) {
        if (error instanceof Problem) {
            return error.message;
        }
        throw error;
    }
}

/** @throws a skip of the suite, where `missing` says why there is none. @param what needs it */
export function skipWithoutNode(context: Context, what: string, missing: string): never {
    return skip(context, what, missing, "npm run test:node, which builds it where it can, or npm start before npm test");
}
