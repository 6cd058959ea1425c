import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { REPOSITORY } from "../../../cli/repository";
import { temporaryFolder } from "../../lab/support";

export const STACK = "staging";
/** What a preview reads of a change. */
const TAKEN = ["infra", `Pulumi.${STACK}.yaml`, "policy"];
export const PATH = process.env["PATH"] ?? "";

interface Change {
    /** A path in a folder of the test's own, which has the change in change/. */
    readonly at: (...parts: readonly string[]) => string;
    /** Puts a file into the change, and the folders on the way. */
    readonly write: (file: string, text?: string) => Promise<void>;
}

/** A change that changes nothing yet, made for each test and removed after it. */
export function changeOfEachTest(): Change {
    const at = temporaryFolder();
    beforeEach(async () => {
        for (const part of TAKEN) {
            await cp(path.join(REPOSITORY, part), at("change", part), { recursive: true, filter: (file) => path.basename(file) !== "node_modules" });
        }
    });
    return {
        at,
        write: async (file, text = "") => {
            await mkdir(path.dirname(at("change", file)), { recursive: true });
            await writeFile(at("change", file), text);
        },
    };
}
