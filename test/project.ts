import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { REPOSITORY } from "../cli/repository";

export type Properties = Record<string, unknown>;

/** One resource of a program; `options` are Pulumi's. */
export interface Resource {
    readonly object: Properties;
    readonly dependsOn?: readonly string[];
    readonly options?: Properties;
}

/** Resources by their names in Pulumi. */
export type Resources = Readonly<Record<string, Resource>>;

export interface Outcome {
    readonly exitCode: number;
    readonly output: string;
}

/** What a preview plans for one resource. */
export interface Step {
    readonly op: string;
    readonly urn: string;
    readonly detailedDiff?: Readonly<Record<string, { readonly kind: string }>> | null;
    readonly replaceReasons?: readonly string[] | null;
}

/** A resource as a program registers it with the engine, whatever its type. */
export interface Registration {
    /** Name in Pulumi, the only one of the list, unless `as` says another. */
    readonly name: string;
    /** Name in Pulumi, where the list has it for resources of other types as well. */
    readonly as?: string | undefined;
    /** Name of the component that it is part of, earlier in the list. */
    readonly parent?: string | undefined;
    /** Pulumi type token. */
    readonly type: string;
    readonly object: unknown;
    readonly options?: Properties | undefined;
    /** Names of resources earlier in the list. */
    readonly dependsOn?: readonly string[] | undefined;
    /** Name of the provider's resource, earlier in the list; the default provider of the type where it's left out. */
    readonly provider?: string | undefined;
    /** Whether it is a component, which groups others and has no provider. */
    readonly component?: boolean | undefined;
}

/** Stands in an object for a value that a preview doesn't know: the engine's own marker. */
export const UNKNOWN_VALUE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Makes each resource of resources.json; the plugin gets the version that a program with the SDK asks for. */
const PROGRAM = `"use strict";
const { readFileSync } = require("node:fs");
const { ComponentResource, CustomResource, ProviderResource, secret } = require("@pulumi/pulumi");
const { version } = require("@pulumi/kubernetes/package.json");
const made = {};
const PROVIDER = "pulumi:providers:";
const revive = (_, value) => typeof value === "object" && value !== null && "$secret" in value ? secret(value.$secret) : value;
for (const { name, as = name, parent, type, object, options, dependsOn = [], provider, component } of JSON.parse(readFileSync(\`\${__dirname}/resources.json\`, "utf8"), revive)) {
    const waits = { ...options, dependsOn: dependsOn.map((other) => made[other]), ...(parent === undefined ? {} : { parent: made[parent] }) };
    if (component) {
        made[name] = new ComponentResource(type, as, object, waits);
    } else if (type.startsWith(PROVIDER)) {
        made[name] = new ProviderResource(type.slice(PROVIDER.length), as, object, waits);
    } else {
        made[name] = new CustomResource(type, as, object, { version, ...waits, ...(provider === undefined ? {} : { provider: made[provider] }) });
    }
}
`;

/** The type token of a Kubernetes object. */
export const tokenOf = ({ apiVersion, kind }: Properties): string => `kubernetes:${String(apiVersion).includes("/") ? String(apiVersion) : `core/${String(apiVersion)}`}:${String(kind)}`;

/** A stack whose program only makes the resources that it is given, run with one of the providers. */
export class Project {
    private constructor(readonly directory: string, private readonly env: NodeJS.ProcessEnv) {}

    /** @param bin folders to have first on PATH: the provider's, the tool chain's */
    static async create(directory: string, bin: readonly string[], kubeconfig: string, { stack = "stack", env = {} }: { readonly stack?: string; readonly env?: Readonly<Record<string, string>> } = {}): Promise<Project> {
        await mkdir(path.join(directory, "state"), { recursive: true });
        await Promise.all(Object.entries({ "Pulumi.yaml": "name: project\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n", "package.json": "{\"main\":\"index.js\"}\n", "index.js": PROGRAM, "resources.json": "[]\n" })
            .map(([file, text]) => writeFile(path.join(directory, file), text)));
        await symlink(path.join(REPOSITORY, "node_modules"), path.join(directory, "node_modules"));
        const project = new Project(directory, {
            PATH: [...bin, process.env["PATH"]].join(path.delimiter),
            KUBECONFIG: kubeconfig,
            PULUMI_BACKEND_URL: `file://${path.join(directory, "state")}`,
            PULUMI_HOME: path.join(directory, "home"),
            PULUMI_CONFIG_PASSPHRASE: "",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            // Without it there is no --event-log.
            PULUMI_DEBUG_COMMANDS: "true",
            ...env,
        });
        const { exitCode, output } = await project.pulumi("stack", "init", stack);
        if (exitCode !== 0) {
            throw new Error(output);
        }
        return project;
    }

    async write(resources: Resources): Promise<void> {
        await this.register(Object.entries(resources).map(([name, resource]) => ({ name, type: tokenOf(resource.object), ...resource })));
    }

    /** Gives the program what it registers from now on. */
    async register(list: readonly Registration[]): Promise<void> {
        await writeFile(path.join(this.directory, "resources.json"), JSON.stringify(list));
    }

    async pulumi(...args: readonly string[]): Promise<Outcome> {
        return this.run(args, {});
    }

    /** The same against an API server that isn't there. */
    async pulumiWithout(kubeconfig: string, ...args: readonly string[]): Promise<Outcome> {
        return this.run(args, { KUBECONFIG: kubeconfig });
    }

    private async run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
        const { exitCode, stdout, stderr } = await execa("pulumi", [...args, "--non-interactive", "--color", "never"], { cwd: this.directory, env: { ...this.env, ...env }, reject: false });
        return { exitCode, output: `${stdout}${stderr}` };
    }

    /** What `pulumi preview` plans, and its exit code. */
    async preview(): Promise<{ readonly exitCode: number; readonly steps: readonly Step[]; readonly output: string }> {
        const { exitCode, output } = await this.pulumi("preview", "--json");
        const start = output.indexOf("{");
        return { exitCode, output, steps: start < 0 ? [] : (JSON.parse(output.slice(start, output.lastIndexOf("}") + 1)) as { steps?: Step[] }).steps ?? [] };
    }
}
