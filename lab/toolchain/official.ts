import { accessSync, constants, existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { compare } from "semver";
import { LAB_MARK } from "../paths";

/** Version of the npm package, and so of the plugin that belongs to it. */
export function providerVersion(): string {
    return (JSON.parse(readFileSync(require.resolve("@pulumi/kubernetes/package.json"), "utf8")) as { version: string }).version;
}

/** Not a folder of that name, nor a file that can't be run. */
function isProgram(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
    } catch {
        return false;
    }
}

/** A program on PATH, leaving out what a lab has put there, this one or another. */
export function onPath(program: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
    return (env["PATH"] ?? "")
        .split(path.delimiter)
        .filter((directory) => directory !== "" && !existsSync(path.join(directory, LAB_MARK)))
        .map((directory) => path.join(directory, program))
        .find(isProgram);
}

/** Where Pulumi's own installer puts the CLI, unless told otherwise. */
function pulumiHome(env: NodeJS.ProcessEnv): string {
    return env["PULUMI_HOME"] ?? path.join(homedir(), ".pulumi");
}

export function installedPulumi(env: NodeJS.ProcessEnv = process.env): string | undefined {
    return onPath("pulumi", env) ?? [path.join(homedir(), ".pulumi/bin/pulumi")].find(isProgram);
}

/** Of the installed versions the wanted one, as `pulumi` itself would choose, or else the newest. */
export function chooseVersion(installed: readonly string[], wanted: string): string | undefined {
    return installed.find((version) => version === wanted) ?? [...installed].sort(compare).at(-1);
}

/** The Kubernetes plugin on PATH or in the user's plugin folder. */
export function installedProvider(home: string = pulumiHome(process.env)): string | undefined {
    const program = "pulumi-resource-kubernetes";
    const plugins = path.join(home, "plugins");
    const installed = existsSync(plugins) ? readdirSync(plugins).flatMap((name) => /^resource-kubernetes-v(\d+\.\d+\.\d+)$/.exec(name)?.[1] ?? []) : [];
    const version = chooseVersion(installed, providerVersion());
    return onPath(program) ?? (version === undefined ? undefined : path.join(plugins, `resource-kubernetes-v${version}`, program));
}
