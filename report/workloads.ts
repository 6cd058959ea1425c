import { numberIn } from "../policy/model/environment";
import { isLoader } from "../policy/posture/loader";
import { subject } from "../policy/model/message";
import { effective, type Container } from "../policy/model/pod";
import { field } from "../policy/model/read";
import { serviceOf } from "../policy/posture/service";
import type { Stack } from "../policy/model/stack";
import type { Amounts, Posture, Service } from "../policy/posture/posture";
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
        const replicas = pod.kind === "DaemonSet" ? "one a node" : shown(field({ path: "", value: pod.resource.props }, "spec", "replicas").value);
        const runtimeClass = field(pod.spec, "runtimeClassName").value;
        return pod.containers.map((container) => ({
            name: subject(pod.resource),
            container: shownName(field(container, "name").value),
            role: service?.role ?? (isLoader(pod, posture) ? "AppArmor profile loader" : "not approved"),
            replicas: service === undefined ? replicas : `${replicas} (approved: ${String(service.ceilings.replicas)})`,
            cpu: bound(container, "cpu", service?.ceilings.cpu),
            memory: bound(container, "memory", service?.ceilings.memory),
            ephemeralStorage: bound(container, "ephemeral-storage", service?.ceilings.ephemeralStorage),
            timeLimit: timeLimitOf(container, service),
            image: shownName(field(container, "image").value),
            runtimeClass: runtimeClass === undefined ? "the node's default" : shownName(runtimeClass),
            seccomp: profile(container, "seccompProfile"),
            appArmor: profile(container, "appArmorProfile"),
        }));
    });
}

function bound(container: Container, name: string, approved: string | undefined): Bound {
    const [request, limit] = ["requests", "limits"].map((key) => shown(field(container, "resources", key, name).value)) as [string, string];
    return { request, limit, approved };
}

function timeLimitOf(container: Container, service: Service | undefined): string {
    if (service === undefined) {
        return "none";
    }
    const milliseconds = numberIn(container, VARIABLES[service.role]);
    return `${milliseconds === undefined ? "not readable" : `${String(milliseconds)} ms`} (approved: ${String(service.ceilings.timeoutMs)} ms)`;
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

/** @param now the stack, as `observed` sees it */
export function sandboxLimitsOf(approved: Posture, now: Posture): SandboxLimit[] {
    const amounts = (what: string, some: Amounts, others: Amounts): SandboxLimit[] => [
        { what: `CPU of ${what}`, now: some.cpu, approved: others.cpu },
        { what: `Memory of ${what}`, now: some.memory, approved: others.memory },
        { what: `Ephemeral storage of ${what}`, now: some.ephemeralStorage, approved: others.ephemeralStorage },
    ];
    return [
        ...amounts("all pods together (ResourceQuota)", now.quota, approved.quota),
        { what: "Number of pods (ResourceQuota)", now: String(now.quota.pods), approved: String(approved.quota.pods) },
        ...amounts("a pod (LimitRange)", now.limitRange.pod, approved.limitRange.pod),
        ...amounts("a container (LimitRange)", now.limitRange.container, approved.limitRange.container),
    ];
}
