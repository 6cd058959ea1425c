import { numberIn } from "../policy/model/environment";
import { isLoader } from "../policy/posture/loader";
import { subject } from "../policy/model/message";
import { effective, type Container } from "../policy/model/pod";
import { entries, field, type Field } from "../policy/model/read";
import { serviceOf } from "../policy/posture/service";
import { metadata, stackOf, type Stack } from "../policy/model/stack";
import { podsOf } from "../policy/model/pod";
import type { Resource } from "../policy/model/resource";
import { approvedFor } from "../policy/posture/approved/lookup";
import type { Posture, Service } from "../policy/posture/posture";
import { shown, shownName } from "./words";

/** How much of one thing a container may have; in words. */
export interface Bound {
    readonly request: string;
    readonly limit: string;
    /** The most that is approved; undefined where nothing is. */
    readonly approved: string | undefined;
}

/** One container with what bounds and confines it; in words. */
export interface Workload {
    /** `Deployment wikifunctions/orchestrator`. */
    readonly name: string;
    readonly container: string;
    readonly role: string;
    readonly replicas: string;
    readonly cpu: Bound;
    readonly memory: Bound;
    readonly ephemeralStorage: Bound;
    readonly timeLimit: string;
    readonly image: string;
    readonly runtimeClass: string;
    readonly seccomp: string;
    readonly appArmor: string;
}

const VARIABLES = { orchestrator: "ORCHESTRATOR_TIMEOUT_MS", evaluator: "FUNCTION_EVALUATOR_TIMEOUT_MS" } as const;

export function workloadsOf({ pods }: Stack, posture: Posture): Workload[] {
    return pods.flatMap((pod) => {
        const service = serviceOf(pod, posture);
        const approved = approvedFor(pod.resource, posture);
        const replicasOf = (resource: Resource): string => shown(field({ path: "", value: resource.props }, "spec", "replicas").value);
        const replicas = pod.kind === "DaemonSet" ? "one a node" : replicasOf(pod.resource);
        const [allowed] = approved === undefined ? [] : (podsOf(approved)?.containers ?? []);
        const runtimeClass = field(pod.spec, "runtimeClassName").value;
        return pod.containers.map((container) => ({
            name: subject(pod.resource),
            container: shownName(field(container, "name").value),
            role: service?.role ?? (isLoader(pod, posture) ? "AppArmor profile loader" : "not approved"),
            replicas: service === undefined || approved === undefined ? replicas : `${replicas} (approved: ${replicasOf(approved)})`,
            cpu: bound(container, "cpu", allowed),
            memory: bound(container, "memory", allowed),
            ephemeralStorage: bound(container, "ephemeral-storage", allowed),
            timeLimit: timeLimitOf(container, service, allowed),
            image: shownName(field(container, "image").value),
            runtimeClass: runtimeClass === undefined ? "the node's default" : shownName(runtimeClass),
            seccomp: profile(container, "seccompProfile"),
            appArmor: profile(container, "appArmorProfile"),
        }));
    });
}

function bound(container: Container, name: string, approved: Container | undefined): Bound {
    const of = (one: Container, key: "requests" | "limits"): string => shown(field(one, "resources", key, name).value);
    return { request: of(container, "requests"), limit: of(container, "limits"), approved: approved === undefined ? undefined : of(approved, "limits") };
}

function timeLimitOf(container: Container, service: Service | undefined, approved: Container | undefined): string {
    if (service === undefined) {
        return "none";
    }
    const of = (one: Container | undefined): string => {
        const milliseconds = one === undefined ? undefined : numberIn(one, VARIABLES[service.role]);
        return milliseconds === undefined ? "not readable" : `${String(milliseconds)} ms`;
    };
    return `${of(container)} (approved: ${of(approved)})`;
}

/** `RuntimeDefault`, or `Localhost` with the profile's name. */
function profile(container: Container, key: string): string {
    const [type, name] = ["type", "localhostProfile"].map((part) => field(effective(container, key), part).value);
    return name === undefined ? shown(type) : `${shown(type)} ${shownName(name)}`;
}

/** The most of one thing that the whole sandbox, a pod or a container of it may have. */
export interface SandboxLimit {
    readonly what: string;
    readonly now: string;
    readonly approved: string;
}

const AMOUNTS = [["CPU", "cpu"], ["Memory", "memory"], ["Ephemeral storage", "ephemeral-storage"]] as const;

/** What bounds the sandbox's namespace, beside what is approved. */
export function sandboxLimitsOf(stack: Stack, { objects, namespace }: Posture): SandboxLimit[] {
    const own = stackOf(objects);
    const hard = (from: Stack, key: string): string => most(inNamespace(from, "ResourceQuota", namespace).map((quota) => field({ path: "", value: quota.props }, "spec", "hard", key)));
    const max = (from: Stack, type: string, key: string): string => most(inNamespace(from, "LimitRange", namespace)
        .flatMap((range) => entries(field({ path: "", value: range.props }, "spec", "limits")))
        .filter((limit) => field(limit, "type").value === type).map((limit) => field(limit, "max", key)));
    return [
        ...AMOUNTS.map(([what, key]) => ({ what: `${what} of all pods together (ResourceQuota)`, now: hard(stack, `limits.${key}`), approved: hard(own, `limits.${key}`) })),
        { what: "Number of pods (ResourceQuota)", now: hard(stack, "pods"), approved: hard(own, "pods") },
        ...["Pod", "Container"].flatMap((type) => AMOUNTS.map(([what, key]) => ({ what: `${what} of a ${type.toLowerCase()} (LimitRange)`, now: max(stack, type, key), approved: max(own, type, key) }))),
    ];
}

function inNamespace(stack: Stack, kind: string, namespace: string): readonly Resource[] {
    return stack.ofKind(kind).filter((resource) => metadata(resource, "namespace") === namespace);
}

/** Bounds add up to the lowest; that of the first is told. */
function most([first]: readonly Field[]): string {
    return first === undefined ? "unlimited" : shown(first.value);
}
