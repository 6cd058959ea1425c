import { readFileSync } from "node:fs";
import type { Resource } from "../../policy/model/resource";
import { run, type Registered } from "../unit/support/program";
import { valuesOf, type StackName, type Values } from "../unit/support/stacks";

/** What the program registers for a stack, as the pack's model sees it. */
export async function resourcesOf(stack: StackName, values: Values = valuesOf(stack)): Promise<Resource[]> {
    const registered = await run(stack, values);
    return registered.map((resource) => toResource(resource, registered));
}

/** The engine gives a provider the version of the SDK that asks for it. */
const VERSION = (JSON.parse(readFileSync(require.resolve("@pulumi/kubernetes/package.json"), "utf8")) as { version: string }).version;

function toResource({ urn, type, name, inputs, provider, dependencies, protect, customTimeouts }: Registered, all: readonly Registered[]): Resource {
    const made = all.find((each) => provider.startsWith(`${each.urn}::`));
    const props = inputs as Resource["props"];
    return {
        urn,
        type,
        name,
        props: type.startsWith("pulumi:providers:") ? { ...withoutKubeconfig(props), version: VERSION } : props,
        options: { protect, ignoreChanges: [], deleteBeforeReplace: false, customTimeouts: inSeconds(customTimeouts) },
        ...(made === undefined ? {} : { provider: { urn: made.urn, type: made.type, name: made.name, props: made.inputs as Resource["props"] } }),
        dependencies,
    };
}

/** The SDK takes it from the environment of whoever runs the tests. */
function withoutKubeconfig(props: Resource["props"]): Resource["props"] {
    return Object.fromEntries(Object.entries(props).filter(([key]) => key !== "kubeconfig"));
}

/** `10m` is 600, as the engine tells it. */
function inSeconds(timeouts: Readonly<Record<string, string>>): Record<string, number> {
    return Object.fromEntries(Object.entries(timeouts).map(([name, time]) => {
        const [, amount, unit] = /^(\d+)([ms])$/.exec(time) ?? [];
        if (amount === undefined) {
            throw new Error(`a time that isn't known here: ${time}`);
        }
        return [name, Number(amount) * (unit === "m" ? 60 : 1)];
    }));
}

/** Whether that is its name, or, with a `*`, how it begins: a name may end in a hash. */
function isCalled(name: unknown, wanted: string): boolean {
    return name === wanted || (wanted.endsWith("*") && typeof name === "string" && name.startsWith(wanted.slice(0, -1)));
}

/** The only resource of a kind and name in the cluster. */
export function the(resources: readonly Resource[], kind: string, name: string): Resource {
    const found = resources.filter(({ type, props }) => type.endsWith(`:${kind}`) && isCalled((props["metadata"] as { name?: unknown } | undefined)?.name, name));
    if (found.length !== 1 || found[0] === undefined) {
        throw new Error(`${String(found.length)} × ${kind} ${name}`);
    }
    return found[0];
}

/** The same resources with one of them replaced. */
export function replaced(resources: readonly Resource[], old: Resource, by: Resource | undefined): Resource[] {
    return resources.flatMap((resource) => (resource !== old ? [resource] : by === undefined ? [] : [by]));
}

/** JSON as `pulumi preview --json --show-sames` prints it, with what the pack reads of the stack's config. */
export function previewOf(resources: readonly Resource[]): string {
    const stack = resources[0]?.urn.split(":")[2] as StackName;
    const steps = resources.map(({ urn, type, props, options, provider, dependencies }) => ({
        op: "create", urn, newState: { urn, type, inputs: props, protect: options.protect, customTimeouts: options.customTimeouts, dependencies, ...(provider === undefined ? {} : { provider: `${provider.urn}::id` }) },
    }));
    return JSON.stringify({ config: { "wikifunctions:clusterId": valuesOf(stack)["clusterId"] }, steps, changeSummary: { create: steps.length } });
}
