import { momentsOf, objectsOf, type History, type Moment, type Watched } from "./events";

/** A sandbox, and what has to stand around its pods. */
export interface Sandbox {
    readonly namespace: string;
    readonly loaderNamespace: string;
    readonly priorityClass: string;
    /** Names of the ValidatingAdmissionPolicies, which their bindings share. */
    readonly admissionPolicies: readonly string[];
}

interface Policy extends Watched { readonly spec: { readonly failurePolicy?: string; readonly validations?: readonly unknown[]; readonly paramKind?: object } }
interface Binding extends Watched {
    readonly spec: { readonly policyName: string; readonly validationActions?: readonly string[]; readonly matchResources?: object; readonly paramRef?: { readonly name: string; readonly namespace: string; readonly parameterNotFoundAction?: string } };
}
interface NetworkPolicy extends Watched { readonly spec: { readonly podSelector: object; readonly policyTypes?: readonly string[]; readonly ingress?: readonly unknown[]; readonly egress?: readonly unknown[] } }
interface ConfigMap extends Watched { readonly data?: Readonly<Record<string, string>> }
interface Container { readonly env?: readonly { readonly name: string; readonly value?: string }[]; readonly securityContext?: { readonly appArmorProfile?: { readonly type: string; readonly localhostProfile?: string } } }
interface PodSpec { readonly containers: readonly Container[]; readonly volumes?: readonly { readonly configMap?: { readonly name: string } }[] }
interface Pod extends Watched { readonly spec: PodSpec }
interface DaemonSet extends Watched { readonly spec: { readonly template: { readonly spec: PodSpec } } }

type Objects = Moment["objects"];
const get = <Kind extends Watched>(objects: Objects, key: string): Kind | undefined => objects.get(key) as Kind | undefined;
const isEmpty = (value: object | undefined): boolean => value === undefined || Object.keys(value).length === 0;

function isDefaultDeny({ spec: { podSelector, policyTypes = [], ingress, egress } }: NetworkPolicy): boolean {
    return isEmpty(podSelector) && ["Ingress", "Egress"].every((type) => policyTypes.includes(type)) && isEmpty(ingress) && isEmpty(egress);
}

function admission(objects: Objects, name: string): string[] {
    const policy = get<Policy>(objects, `ValidatingAdmissionPolicy ${name}`)?.spec;
    const binding = get<Binding>(objects, `ValidatingAdmissionPolicyBinding ${name}`)?.spec;
    const holds = policy?.failurePolicy === "Fail" && !isEmpty(policy.validations as object | undefined);
    const binds = binding?.policyName === name && binding.validationActions?.includes("Deny") === true && binding.matchResources === undefined;
    const { paramRef } = binding ?? {};
    const isClosed = binding === undefined || policy?.paramKind === undefined || paramRef?.parameterNotFoundAction === "Deny";
    // Without them no pod is admitted: nothing is open, but what dies meanwhile doesn't come back.
    const hasParameters = paramRef === undefined || objects.has(`ConfigMap ${paramRef.namespace}/${paramRef.name}`);
    return [...(holds && isClosed ? [] : [`the admission policy ${name}`]), ...(binds ? [] : [`the binding of the admission policy ${name}`]), ...(hasParameters ? [] : ["the parameters of the admission policies"])];
}

/** The loader, with a ConfigMap in which everything is that it has to load. */
function loader(objects: Objects, { loaderNamespace }: Sandbox): string[] {
    const daemonSets = objectsOf(objects, "DaemonSet", loaderNamespace) as DaemonSet[];
    const complete = daemonSets.filter(({ spec: { template: { spec: { containers, volumes = [] } } } }) => {
        const data = Object.assign({}, ...volumes.map(({ configMap }) => get<ConfigMap>(objects, `ConfigMap ${loaderNamespace}/${configMap?.name ?? ""}`)?.data)) as object;
        const expected = containers.flatMap(({ env = [] }) => env.find(({ name }) => name === "EXPECTED_PROFILES")?.value?.split(" ") ?? []);
        return expected.length > 0 && expected.every((profile) => Object.hasOwn(data, profile));
    });
    return complete.length === 1 ? [] : ["the profile loader with all the profiles that it expects"];
}

function profiles(objects: Objects, { loaderNamespace }: Sandbox, pods: readonly Pod[]): string[] {
    const held = new Set(objectsOf(objects, "ConfigMap", loaderNamespace).flatMap((map) => Object.keys((map as ConfigMap).data ?? {})));
    return pods.flatMap(({ metadata, spec }) => spec.containers.flatMap(({ securityContext }) => {
        const { type, localhostProfile = "" } = securityContext?.appArmorProfile ?? {};
        return type === "Localhost" && held.has(localhostProfile) ? [] : [`a profile that the loader has, of pod ${metadata.name}`];
    }));
}

/** What the pods of a moment lack; nothing where there are none. */
export function lacking(objects: Objects, sandbox: Sandbox): string[] {
    const { namespace, priorityClass, admissionPolicies } = sandbox;
    const pods = objectsOf(objects, "Pod", namespace) as Pod[];
    const labels = objects.get(`Namespace ${namespace}`)?.metadata.labels ?? {};
    const has = (kind: string, of?: string): boolean => objectsOf(objects, kind, of).length > 0;
    return pods.length === 0 ? [] : [
        ...((objectsOf(objects, "NetworkPolicy", namespace) as NetworkPolicy[]).some(isDefaultDeny) ? [] : ["the default deny"]),
        ...(labels["pod-security.kubernetes.io/enforce"] === "restricted" ? [] : ["Pod Security at the restricted level"]),
        ...(has("ResourceQuota", namespace) ? [] : ["the quota"]),
        ...(has("LimitRange", namespace) ? [] : ["the limit range"]),
        ...(objects.has(`PriorityClass ${priorityClass}`) ? [] : ["the priority class"]),
        ...new Set(admissionPolicies.flatMap((name) => admission(objects, name))),
        ...loader(objects, sandbox),
        ...profiles(objects, sandbox, pods),
    ];
}

/** Every measure that was missing at some moment in which the sandbox had pods, with the event that began it. */
export function gaps(history: History, sandbox: Sandbox): string[] {
    const found: string[] = [];
    let before: readonly string[] = [];
    for (const { after, objects } of momentsOf(history)) {
        const now = lacking(objects, sandbox);
        found.push(...now.filter((measure) => !before.includes(measure)).map((measure) => `without ${measure} after ${after}`));
        before = now;
    }
    return found;
}
