import execa from "execa";
import * as semver from "semver";
import { Problem } from "../../cli/problem";

/** The oldest Go that the pinned modules build with. */
export const LEAST_GO = "1.26.6";

/** @returns what is wrong with the Go that said `output` to `go version`, or its version. */
export function judgeGo(output: string | undefined): { readonly version: string } | { readonly problem: string } {
    if (output === undefined) {
        return { problem: `Go is not installed; building the tool chain needs Go ${LEAST_GO} or newer on PATH.` };
    }
    const version = semver.coerce(/go(\d+(\.\d+)*)/.exec(output)?.[1]);
    if (version === null || semver.lt(version, LEAST_GO)) {
        return { problem: `Go is ${version?.version ?? output.trim()}; building the tool chain needs Go ${LEAST_GO} or newer on PATH.` };
    }
    return { version: version.version };
}

/** @throws Problem naming the version found and the one needed. */
export async function goVersion(): Promise<string> {
    const said = await execa("go", ["version"], { reject: false, env: { GOTOOLCHAIN: "local" } });
    const judged = judgeGo(said.failed ? undefined : said.stdout);
    if ("problem" in judged) {
        throw new Problem(judged.problem);
    }
    return judged.version;
}
