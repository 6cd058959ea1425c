import { only, run, type Registered } from "../unit/support/program";
import { valuesOf, type StackName } from "../unit/support/stacks";
import type { Properties, Registration } from "../project";
import type { Edit } from "./edit";

/** The stack whose resources are edited, and whose posture they are held against. */
export const STACK = "local";

/** Another stack, or the same with another config. */
interface Variant {
    readonly stack?: StackName | undefined;
    readonly config?: Edit["config"];
}

/** What the program of this repository makes of one stack, as registrations to be edited. */
export class Base {
    private constructor(
        private readonly registered: readonly Registered[],
        readonly registrations: readonly Registration[],
        private readonly variants: ReadonlyMap<string, Base> = new Map(),
    ) {}

    /** @param edits those whose stack or config may be another one */
    static async load(edits: readonly Edit[] = []): Promise<Base> {
        const variants = new Map<string, Base>();
        for (const { stack = STACK, config } of edits.filter((edit) => edit.stack !== undefined || edit.config !== undefined)) {
            const key = keyOf({ stack, config });
            variants.set(key, variants.get(key) ?? await Base.run(stack, config));
        }
        const { registered, registrations } = await Base.run(STACK, {});
        return new Base(registered, registrations, variants);
    }

    private static async run(stack: StackName, config: Variant["config"]): Promise<Base> {
        const all = await run(stack, { ...valuesOf(stack), ...config });
        const registered = all.filter(({ type }) => type !== "pulumi:pulumi:Stack");
        return new Base(registered, registered.map((resource) => toRegistration(resource, registered)));
    }

    /** What the edit starts from. @throws Error where its stack or config wasn't loaded */
    of({ stack = STACK, config }: Variant): Base {
        const found = stack === STACK && config === undefined ? this : this.variants.get(keyOf({ stack, config }));
        if (found === undefined) {
            throw new Error(`the program hasn't been run as ${keyOf({ stack, config })}`);
        }
        return found;
    }

    /** With these in the place of those of the same names, or behind all others. */
    with(changed: readonly Registration[]): Base {
        const byName = new Map([...this.registrations, ...changed].map((registration) => [registration.name, registration]));
        return new Base(this.registered, [...byName.values()], this.variants);
    }

    /** Without these, by kind and name in the cluster; nothing waits for them any more. */
    without(targets: readonly string[]): Base {
        const gone = targets.map((target) => this.registration(target).name);
        const left = this.registrations.filter(({ name }) => !gone.includes(name));
        const waitsOf = ({ dependsOn }: Registration) => dependsOn?.filter((name) => !gone.includes(name));
        return new Base(this.registered, left.map((registration) => ({ ...registration, dependsOn: waitsOf(registration) })), this.variants);
    }

    /** One of them, by kind and name in the cluster: `Deployment orchestrator`, `NetworkPolicy wikifunctions/default-deny`. @throws Error where there isn't exactly one */
    registration(target: string): Registration {
        const [kind = "", place = ""] = target.split(" ");
        const [name = "", namespace] = place.split("/").reverse();
        const near = this.registered.filter(({ inputs }) => namespace === undefined || inputs?.metadata?.namespace === namespace);
        const wanted = nameOf(kind === "Provider" ? this.provider() : only(near, kind, name));
        const found = this.registrations.find((registration) => registration.name === wanted);
        if (found === undefined) {
            throw new Error(`${target} is gone`);
        }
        return found;
    }

    /** Name in the list of the program's provider. */
    get providerName(): string {
        return nameOf(this.provider());
    }

    private provider(): Registered {
        const found = this.registered.find(isProvider);
        if (found === undefined) {
            throw new Error("the program has no provider");
        }
        return found;
    }
}

function toRegistration(resource: Registered, all: readonly Registered[]): Registration {
    const { type, name, inputs, dependencies, provider, parent, protect, version, customTimeouts } = resource;
    const nameIn = (urn: string): string | undefined => all.filter((other) => other.urn === urn).map(nameOf)[0];
    return {
        name: nameOf(resource),
        as: name,
        parent: nameIn(parent),
        type,
        object: withoutKubeconfig((inputs ?? {}) as Properties),
        dependsOn: dependencies.map(nameIn).filter((other) => other !== undefined),
        provider: provider === "" ? undefined : all.filter(isProvider).map(nameOf)[0],
        component: type.startsWith("wikifunctions:") || undefined,
        options: {
            ...(protect ? { protect } : {}),
            ...(version === "" ? {} : { version }),
            ...(Object.keys(customTimeouts).length === 0 ? {} : { customTimeouts }),
        },
    };
}

function keyOf({ stack, config }: { readonly stack: StackName; readonly config: Variant["config"] }): string {
    return JSON.stringify([stack, config]);
}

function isProvider({ type }: Registered): boolean {
    return type === "pulumi:providers:kubernetes";
}

/** The provider takes it from the environment, which was another one when the program ran. */
function withoutKubeconfig(inputs: Properties): Properties {
    return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== "kubeconfig"));
}

/** Unlike a name in the program, the only one of the stack, whatever its type. */
function nameOf({ type, name }: Registered): string {
    return `${type.split(":").at(-1) ?? ""} ${name}`;
}
