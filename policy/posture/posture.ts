import type { Resource } from "../model/resource";

/** A cluster that the stack may be deployed to. */
export interface Cluster {
    /** Context of the kubeconfig of whoever runs Pulumi. */
    readonly context: string;
    /** The stack's `clusterId`; any, where it is left out. */
    readonly id?: string;
}

/** One approved workload, as its approved object says. */
export interface Service {
    readonly role: "orchestrator" | "evaluator";
    /** RuntimeClass that it has to stay on, whatever is approved. */
    readonly minRuntimeClass?: string;
}

/** Somebody outside of the sandbox, by labels that are all demanded, or by a block of addresses. */
export type Party =
    | { readonly namespaceSelector: Readonly<Record<string, string>>; readonly podSelector: Readonly<Record<string, string>> }
    | { readonly cidr: string };

/** An approved connection: names of services or parties, and `TCP/6927`. */
export interface Edge {
    readonly from: string;
    readonly to: string;
    readonly ports: readonly string[];
}

/** A rule that may be broken by one resource until a day. */
export interface Waiver {
    /** Name of a rule that can be waived. */
    readonly rule: string;
    /** As messages name it: `Deployment wikifunctions/evaluator-python`. */
    readonly resource: string;
    /** The one field that it is about, as messages name it; all of the resource, where it is left out. */
    readonly path?: string;
    readonly reason: string;
    readonly ticket: string;
    readonly owner: string;
    /** Last day on which it holds, in UTC: `2027-01-31`. */
    readonly expires: string;
    /** Days until then, 0 on the last one, negative once it has expired; counted when the posture is read. */
    readonly daysLeft: number;
}

/** What `policy/postures/STACK.json` says of a stack: what its objects can't. */
export interface PostureFile {
    readonly $schema: string;
    readonly clusters: readonly Cluster[];
    readonly namespace: string;
    readonly loaderNamespace: string;
    readonly priorityClass: string;
    /** What the names of all images begin with: a registry, and a path in it. */
    readonly imageRepositories: readonly string[];
    readonly requireDigests: boolean;
    /** RuntimeClasses that services have to stay on, by the name of the Deployment. */
    readonly minRuntimeClasses: Readonly<Record<string, string>>;
    readonly parties: Readonly<Record<string, Party>>;
    readonly waivers: readonly Omit<Waiver, "daysLeft">[];
}

/** The approved state of one stack. A preview may be tighter, never looser. */
export interface Posture extends Omit<PostureFile, "$schema" | "waivers"> {
    /** What is approved, object by object: the file of the stack in `policy/approved/`; none without one. */
    readonly objects: readonly Resource[];
    /** The approved Deployments, by name. */
    readonly services: Readonly<Record<string, Service>>;
    /** What the approved NetworkPolicies open. */
    readonly edges: readonly Edge[];
    readonly waivers: readonly Waiver[];
    readonly surroundings: Surroundings;
}

/** What the stack is previewed or updated with, beside its objects. */
export interface Surroundings {
    /** KUBECONFIG of whoever runs Pulumi, where it is set: the program's provider takes it over. */
    readonly kubeconfig?: string | undefined;
    /** `clusterId` of the stack's config, empty where it has none; undefined where the config isn't known. */
    readonly clusterId?: string | undefined;
}
