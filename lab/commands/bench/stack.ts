/** A resource as `pulumi stack export` writes it. */
export interface Resource {
    readonly urn: string;
    readonly type: string;
    readonly inputs?: { readonly metadata?: object };
    readonly dependencies?: readonly string[];
}

/** A resource as the program makes it. */
interface Registration {
    readonly name: string;
    readonly type: string;
    readonly inputs: object;
    /** Names of resources earlier in the list. */
    readonly dependsOn: readonly string[];
}

const PROVIDER = "pulumi:providers:kubernetes";

/** Kinds of which a stack may have any number: what is approved for it is held by other rules than the objects' names. */
const COPIED = /:(NetworkPolicy|ServiceAccount|PodDisruptionBudget)$/;

/** The files of a program that makes what stands in resources.json. */
export const PROGRAM: Readonly<Record<string, string>> = {
    "Pulumi.yaml": "name: wikifunctions\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
    "package.json": "{\"main\":\"index.js\"}\n",
    "index.js": `"use strict";
const { CustomResource, ProviderResource } = require("@pulumi/pulumi");
const made = {};
let provider;
for (const { name, type, inputs, dependsOn } of require("./resources.json")) {
    if (type === "${PROVIDER}") {
        provider = new ProviderResource("kubernetes", name, inputs);
    } else {
        made[name] = new CustomResource(type, name, inputs, { provider, dependsOn: dependsOn.map((other) => made[other]) });
    }
}
`,
};

/** So many resources: those of the stack, and copies of them under other names. */
export function stackWith(deployed: readonly Resource[], count: number): Registration[] {
    const own = deployed.filter(({ type }) => type === PROVIDER || type.startsWith("kubernetes:")).map(asRegistration);
    const copied = own.filter(({ type }) => COPIED.test(type));
    const copies = Array.from({ length: count - own.length }, (_, index) => copyOf(copied[index % copied.length], `copy-${String(index)}`));
    return [...own, ...copies.filter((copy) => copy !== undefined)];
}

/** Under a name that no other resource has, whatever its type. */
function nameOf(urn: string): string {
    return urn.split("::").slice(2).join(" ").split("$").at(-1) ?? "";
}

function asRegistration({ urn, type, inputs = {}, dependencies = [] }: Resource): Registration {
    return { name: nameOf(urn), type, inputs: Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== "__internal")), dependsOn: dependencies.map(nameOf) };
}

function copyOf(original: Registration | undefined, name: string): Registration | undefined {
    return original === undefined ? undefined : { ...original, name, inputs: { ...original.inputs, metadata: { ...(original.inputs as Resource["inputs"])?.metadata, name } } };
}
