import { readFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../cli/repository";

/** Version of the policy pack, which results name. */
export function packVersion(): string {
    return (JSON.parse(readFileSync(path.join(REPOSITORY, "policy/package.json"), "utf8")) as { version: string }).version;
}
