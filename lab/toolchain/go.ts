import execa from "execa";
import * as semver from "semver";
import { Problem } from "../../cli/problem";
import { lastLines, succeed } from "../../cli/run";

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

/** As every tool is built. The compiler collects its garbage later than it would: for half as much memory again it takes a fifth less time. */
export const ENVIRONMENT = { CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOWORK: "off", GOGC: "400" };

/** How many lines of a failed `go` tell why. */
export const LINES = 8;

/** Runs `go` in a module's folder. @returns its standard output. @throws Problem with the end of what it said */
export function go(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
    return succeed("go", args, { cwd: folder, env: { ...ENVIRONMENT, ...env } }, (said) => `go ${args.join(" ")} failed:\n${lastLines(said, LINES)}`);
}

/** Has Go get a module, `source` or `source@version`. @returns its files' folder and its own go.mod, as paths */
export async function download(folder: string, module: string, env: Readonly<Record<string, string>> = {}): Promise<{ readonly Dir: string; readonly GoMod: string }> {
    return JSON.parse(await go(folder, ["mod", "download", "-json", module], env)) as { Dir: string; GoMod: string };
}
