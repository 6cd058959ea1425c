import { entries, field, type Field, fieldOf, isObject, isUnset } from "./read";
import type { Resource, Value } from "./resource";

/** Where a pod's template stands in each kind that holds one; in a Pod it is the object itself. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
    Pod: [],
    Deployment: ["spec", "template"],
    ReplicaSet: ["spec", "template"],
    StatefulSet: ["spec", "template"],
    DaemonSet: ["spec", "template"],
    ReplicationController: ["spec", "template"],
    Job: ["spec", "template"],
    CronJob: ["spec", "jobTemplate", "spec", "template"],
    PodTemplate: ["template"],
};

const SORTS = ["containers", "initContainers", "ephemeralContainers"] as const;

/** A container of any sort, with its place. */
export interface Container extends Field {
    readonly sort: (typeof SORTS)[number];
    /** The pod that it is part of, because much of its security context comes from there. */
    readonly pod: PodHolder;
}

/** A resource that makes pods, whatever its kind. */
export interface PodHolder {
    readonly resource: Resource;
    /** Kind without `Patch`: a patch is read as what it patches. */
    readonly kind: string;
    /** Namespace and name of the resource itself, not of its template. */
    readonly namespace: Value;
    readonly name: Value;
    /** `spec.template`; empty for a Pod. */
    readonly templatePath: string;
    /** Labels and annotations that the pods get. */
    readonly labels: Field;
    readonly annotations: Field;
    /** The pod's spec. */
    readonly spec: Field;
    readonly containers: readonly Container[];
}

/** The kind that a Pulumi type token stands for: `kubernetes:apps/v1:DeploymentPatch` is about a Deployment. */
export function kindOfType(type: string): string {
    return (type.split(":").at(-1) ?? "").replace(/Patch$/, "");
}

const holders = new WeakMap<Resource, { readonly pod: PodHolder | undefined }>();

/** The pod template in a resource, read once for all rules. */
export function podsOf(resource: Resource): PodHolder | undefined {
    const known = holders.get(resource) ?? { pod: read(resource) };
    holders.set(resource, known);
    return known.pod;
}

/** The stated kind goes first: the provider sends the object by it, whatever the type token says. */
function read(resource: Resource): PodHolder | undefined {
    const kind = [resource.props["kind"], kindOfType(resource.type)].find((name) => typeof name === "string" && Object.hasOwn(TEMPLATES, name));
    if (typeof kind !== "string") {
        return undefined;
    }
    const whole: Field = fieldOf(resource.props);
    const template = field(whole, ...(TEMPLATES[kind] ?? []));
    const spec = field(template, "spec");
    const containers: Container[] = [];
    const holder: PodHolder = {
        resource,
        kind,
        namespace: field(whole, "metadata", "namespace").value,
        name: field(whole, "metadata", "name").value,
        templatePath: template.path,
        labels: field(template, "metadata", "labels"),
        annotations: field(template, "metadata", "annotations"),
        spec,
        containers,
    };
    // A spec that can't be read has one container that can't be read: enough for every rule to block.
    const sorts = isObject(spec.value) ? SORTS : SORTS.slice(0, 1);
    for (const sort of sorts) {
        entries(field(spec, sort)).forEach((container) => { containers.push({ ...container, sort, pod: holder }); });
    }
    return holder;
}

/** What `check` finds in the resource's pod template; nothing when the resource has none. */
export function forPod<Found>(resource: Resource, check: (pod: PodHolder) => Found[]): Found[] {
    const pod = podsOf(resource);
    return pod === undefined ? [] : check(pod);
}

/** What `check` finds in each container of the resource: main, init and ephemeral ones alike. */
export function forEachContainer<Found>(resource: Resource, check: (container: Container) => Found[]): Found[] {
    return forPod(resource, (pod) => pod.containers.flatMap(check));
}

/** A field of the container's security context; where the container leaves it out, the pod's, as Kubernetes merges them. */
export function effective(container: Container, ...keys: readonly string[]): Field {
    const own = field(container, "securityContext", ...keys);
    if (!isUnset(own.value)) {
        return own;
    }
    const inherited = field(container.pod.spec, "securityContext", ...keys);
    return isUnset(inherited.value) ? own : inherited;
}
