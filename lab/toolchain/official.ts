import { lookup } from "node:dns/promises";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import execa from "execa";
import { SemVer } from "semver";
import { cacheDirectory, labDirectory } from "../paths";
import { step } from "../progress";
import { PULUMI, versionOf } from "./modules";

/** Where Pulumi publishes its CLI; asked for by name only, to learn at once whether this machine reaches it. */
const DOWNLOADS = "get.pulumi.com";
const LOOKUP_MILLISECONDS = 3000;

/** Version of the npm package, and so of the plugin that belongs to it. */
export function providerVersion(): string {
    return (JSON.parse(readFileSync(require.resolve("@pulumi/kubernetes/package.json"), "utf8")) as { version: string }).version;
}

/** A program on PATH, leaving out what this lab has put there itself. */
export function onPath(program: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
    const own = labDirectory(env);
    return (env["PATH"] ?? "")
        .split(path.delimiter)
        .filter((directory) => directory !== "" && !path.resolve(directory).startsWith(own + path.sep))
        .map((directory) => path.join(directory, program))
        .find((file) => existsSync(file));
}

/** Where Pulumi's own installer puts the CLI, unless told otherwise. */
function pulumiHome(env: NodeJS.ProcessEnv): string {
    return env["PULUMI_HOME"] ?? path.join(homedir(), ".pulumi");
}

export function installedPulumi(env: NodeJS.ProcessEnv = process.env): string | undefined {
    return onPath("pulumi", env) ?? [path.join(homedir(), ".pulumi/bin/pulumi")].find((file) => existsSync(file));
}

/** The newest Kubernetes plugin on PATH or in the user's plugin folder. */
export function installedProvider(home: string = pulumiHome(process.env)): string | undefined {
    const plugins = path.join(home, "plugins");
    const installed = existsSync(plugins) ? readdirSync(plugins).filter((name) => /^resource-kubernetes-v[0-9.]+$/.test(name)) : [];
    const newest = installed.sort((one, other) => new SemVer(one.slice("resource-kubernetes-v".length)).compare(other.slice("resource-kubernetes-v".length))).at(-1);
    const program = "pulumi-resource-kubernetes";
    return onPath(program) ?? (newest === undefined ? undefined : path.join(plugins, newest, program));
}

let reachable: Promise<boolean> | undefined;

function downloadsReachable(): Promise<boolean> {
    reachable ??= Promise.race([lookup(DOWNLOADS).then(() => true, () => false), delay(LOOKUP_MILLISECONDS, false, { ref: false })]);
    return reachable;
}

/** The official CLI by the SDK's own installer, or undefined where it isn't to be had. */
export async function downloadPulumi(): Promise<string | undefined> {
    const root = path.join(cacheDirectory(), `official-pulumi-${versionOf(PULUMI)}`);
    const program = path.join(root, "bin/pulumi");
    if (existsSync(program)) {
        return program;
    }
    if (!await downloadsReachable()) {
        return undefined;
    }
    const version = new SemVer(versionOf(PULUMI));
    return step(`Downloading the official pulumi ${version.version}`, () => PulumiCommand.install({ root, version }).then(() => program, () => undefined));
}

/** The official plugin by the CLI's own installer, or undefined where it isn't to be had. */
export async function downloadProvider(pulumi: string): Promise<string | undefined> {
    const home = path.join(cacheDirectory(), "official-plugins");
    const before = installedProvider(home);
    if (before !== undefined || !await downloadsReachable()) {
        return before;
    }
    await step(`Downloading the official Kubernetes provider ${providerVersion()}`, () => execa(pulumi, ["plugin", "install", "resource", "kubernetes", providerVersion()], {
        env: { PULUMI_HOME: home },
        reject: false,
    }));
    return installedProvider(home);
}
