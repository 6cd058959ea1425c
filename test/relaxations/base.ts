import { only, run, type Registered } from "../unit/support/program";
import { valuesOf } from "../unit/support/stacks";
import type { Properties, Registration } from "../project";

/** The stack whose resources are edited, and whose posture they are held against. */
export const STACK = "local";

/** What the program of this repository makes of one stack, as registrations to be edited. Components are left out: they make nothing. */
export class Base {
    readonly registrations: readonly Registration[];

    private constructor(private readonly registered: readonly Registered[]) {
        this.registrations = registered.map((resource) => this.registrationOf(resource));
    }

    static async load(): Promise<Base> {
        const registered = await run(STACK, valuesOf(STACK));
        return new Base(registered.filter(({ type }) => !type.startsWith("wikifunctions:") && type !== "pulumi:pulumi:Stack"));
    }

    /** One of them, by kind and name in the cluster: `Deployment orchestrator`, `NetworkPolicy wikifunctions/default-deny`. @throws Error where there isn't exactly one */
    registration(target: string): Registration {
        const [kind = "", place = ""] = target.split(" ");
        const [name = "", namespace] = place.split("/").reverse();
        const near = this.registered.filter(({ inputs }) => namespace === undefined || inputs?.metadata?.namespace === namespace);
        return this.registrationOf(kind === "Provider" ? this.provider() : only(near, kind, name));
    }

    /** Name in Pulumi of the program's provider. */
    get providerName(): string {
        return nameOf(this.provider());
    }

    private provider(): Registered {
        const found = this.registered.find(({ type }) => type === "pulumi:providers:kubernetes");
        if (found === undefined) {
            throw new Error("the program has no provider");
        }
        return found;
    }

    private registrationOf(resource: Registered): Registration {
        const names = new Map(this.registered.map((other) => [other.urn, nameOf(other)]));
        return {
            name: nameOf(resource),
            type: resource.type,
            object: withoutKubeconfig(resource.inputs as Properties),
            dependsOn: resource.dependencies.map((urn) => names.get(urn)).filter((name) => name !== undefined),
            provider: resource.provider === "" ? undefined : this.providerName,
        };
    }
}

/** The provider takes it from the environment, which was another one when the program ran. */
function withoutKubeconfig(inputs: Properties): Properties {
    return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== "kubeconfig"));
}

/** Unlike a name in the program, the only one of the stack, whatever its type. */
function nameOf({ type, name }: Registered): string {
    return `${type.split(":").at(-1) ?? ""} ${name}`;
}
