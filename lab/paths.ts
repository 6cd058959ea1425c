import path from "node:path";
import { REPOSITORY } from "../cli/repository";

/** A Pulumi plugin that takes whatever it is given and makes nothing; under the name of a plugin on PATH, it is that plugin. */
export const IDLE_PROVIDER = path.join(__dirname, "idle-provider.cjs");

/** Stands in the folder of a lab's tools. */
export const LAB_MARK = ".wikifunctions-lab";

/** Where the embedded cluster keeps everything: one ignored folder, or the one that WIKIFUNCTIONS_LAB_DIR names. */
export function labDirectory(env: NodeJS.ProcessEnv = process.env): string {
    return path.resolve(REPOSITORY, env["WIKIFUNCTIONS_LAB_DIR"] || ".lab");
}

/** Built tools, by content: shared by all clusters of a checkout, and kept by `npm stop`. */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
    return path.resolve(REPOSITORY, env["WIKIFUNCTIONS_LAB_CACHE"] || path.join(".lab", "cache"));
}
