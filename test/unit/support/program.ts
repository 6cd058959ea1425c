import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { clusterOf, userOf, withApiServer } from "./api-server";
import { entriesOf, type StackName, type Values } from "./stacks";

/** A resource as the program registered it. */
export interface Registered {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a manifest, read freely by the assertions
    readonly inputs: any;
    /** URN and id of the provider; empty for components. */
    readonly provider: string;
    /** URNs that it waits for, components opened up into their resources. */
    readonly dependencies: readonly string[];
    readonly protect: boolean;
    /** URN of the component that it is part of, or of the stack; empty for the stack. */
    readonly parent: string;
    /** Of the plugin; empty for components. */
    readonly version: string;
    /** As the program says them: `10m`. */
    readonly customTimeouts: Readonly<Record<string, string>>;
}

interface Timeouts { toObject(): Readonly<Record<string, string>> }
interface Request {
    getType(): string;
    getName(): string;
    getParent(): string;
    getProvider(): string;
    getDependenciesList(): string[];
    getProtect(): boolean;
    getVersion(): string;
    getCustomtimeouts(): Timeouts | undefined;
}
interface Response { getUrn(): string }
type Register = (request: Request, callback: (error: unknown, response: Response | undefined) => void) => Promise<void>;

/** As Pulumi does it. */
async function runProgram(): Promise<void> {
    const program = createRequire(__filename)("../../../infra/index") as () => Promise<void>;
    await program();
}

/**
 * Runs the program as Pulumi would, with mocks in place of the engine.
 * @param uid identity of the cluster that the stack's context leads to; the one that it names, where nothing else is said
 */
export async function run(stack: StackName, values: Values, uid = String(values["clusterId"])): Promise<Registered[]> {
    const inputs = new Map<string, unknown>();
    const registered: Registered[] = [];
    await pulumi.runtime.setMocks({
        call: () => ({}),
        newResource: ({ type, name, inputs: given }) => {
            inputs.set(`${type}::${name}`, given);
            return { id: name, state: given as Record<string, unknown> };
        },
    }, "wikifunctions", stack);
    pulumi.runtime.setAllConfig(entriesOf(values));
    // The mocks don't tell what a resource waits for; the request to the engine does.
    const monitor = pulumi.runtime.getMonitor() as unknown as { registerResource: Register };
    const register = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request, callback) => register(request, (error, response) => {
        const [type, name] = [request.getType(), request.getName()];
        registered.push({
            urn: response?.getUrn() ?? "",
            type,
            name,
            inputs: inputs.get(`${type}::${name}`),
            provider: request.getProvider(),
            dependencies: request.getDependenciesList(),
            protect: request.getProtect(),
            parent: request.getParent(),
            version: request.getVersion(),
            customTimeouts: Object.fromEntries(Object.entries(request.getCustomtimeouts()?.toObject() ?? {}).filter(([, time]) => time !== "")),
        });
        callback(error, response);
    });
    const { deployers } = values["admission"] as { deployers: { users?: string[]; groups?: string[] } };
    const answers = { ...clusterOf(uid), ...userOf(deployers.users?.[0] ?? "somebody", ...deployers.groups ?? []) };
    await withApiServer(String(values["kubeContext"]), answers, runProgram);
    await pulumi.runtime.disconnect();
    return registered;
}

/** Those of a kind, by the end of the type token: `Deployment`. */
export function ofKind(resources: readonly Registered[], kind: string): Registered[] {
    return resources.filter(({ type }) => type.endsWith(`:${kind}`));
}

/** The only one of a kind and name. */
export function only(resources: readonly Registered[], kind: string, name: string): Registered {
    const found = ofKind(resources, kind).filter(({ inputs: { metadata } }) => metadata.name === name || (name.endsWith("*") && (metadata.name as string).startsWith(name.slice(0, -1))));
    if (found.length !== 1 || found[0] === undefined) {
        throw new Error(`${found.length} × ${kind} ${name}`);
    }
    return found[0];
}
