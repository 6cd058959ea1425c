import { numberIn } from "../policy/model/environment";
import { isLoader } from "../policy/posture/loader";
import { isDefaultDeny } from "../policy/model/network/policy";
import { effective, type Container, type PodHolder } from "../policy/model/pod";
import { entries, field, isUnset, type Field } from "../policy/model/read";
import type { Resource } from "../policy/model/resource";
import { serviceOf } from "../policy/posture/service";
import type { Stack } from "../policy/model/stack";
import type { Posture } from "../policy/posture/posture";
import type { Measure } from "../policy/model/violation";
import { onRuntime } from "./runtimes";
import { shown, shownName } from "./words";

/** One field in which a measure stands. */
export interface Setting {
    readonly resource: Resource;
    readonly path: string;
    /** What stands there, in words that give no secret away. */
    readonly value: string;
    readonly isSet: boolean;
}

/** The fields of a stack's objects in which a measure has to stand. */
export type Look = (stack: Stack, posture: Posture) => Setting[];

const setting = (resource: Resource, { path, value }: Field, words = shown): Setting => ({ resource, path, value: words(value), isSet: !isUnset(value) });

const containersOf = ({ pods }: Stack): Container[] => pods.flatMap(({ containers }) => containers);
const isOfLoader = ({ pod }: Container, posture: Posture): boolean => isLoader(pod, posture);

function resources(bound: "requests" | "limits", name: string): Look {
    return (stack) => containersOf(stack).map((container) => setting(container.pod.resource, field(container, "resources", bound, name)));
}

/** @param loader whether it is asked of the profile loader too, which can't do without root */
function security(keys: readonly string[], { words = shown, loader = true } = {}): Look {
    return (stack, posture) => containersOf(stack).filter((container) => loader || !isOfLoader(container, posture)).map((container) => setting(container.pod.resource, effective(container, ...keys), words));
}

function pod(key: string, words = shown): Look {
    return ({ pods }) => pods.map(({ spec, resource }) => setting(resource, field(spec, key), words));
}

function service(look: (holder: PodHolder, role: "orchestrator" | "evaluator") => Setting[]): Look {
    return ({ pods }, posture) => pods.flatMap((holder) => {
        const role = serviceOf(holder, posture)?.role;
        return role === undefined ? [] : look(holder, role);
    });
}

function object(kind: string, keys: readonly string[], words = shown): Look {
    return (stack) => stack.ofKind(kind).map((resource) => setting(resource, field({ path: "", value: resource.props }, ...keys), words));
}

const VARIABLES = { orchestrator: "ORCHESTRATOR_TIMEOUT_MS", evaluator: "FUNCTION_EVALUATOR_TIMEOUT_MS" } as const;

const timeLimit = service(({ resource, containers }, role) => containers.map((container) => {
    const list = field(container, "env");
    const entry = entries(list).find((each) => field(each, "name").value === VARIABLES[role]);
    const milliseconds = numberIn(container, VARIABLES[role]);
    return { resource, path: entry === undefined ? list.path : field(entry, "value").path, value: milliseconds === undefined ? `no readable ${VARIABLES[role]}` : `${VARIABLES[role]} ${String(milliseconds)}`, isSet: milliseconds !== undefined };
}));

function maximum(name: string): Look {
    return (stack) => stack.ofKind("LimitRange").flatMap((resource) => entries(field({ path: "", value: resource.props }, "spec", "limits")).map((limit) => setting(resource, field(limit, "max", name))));
}

const defaultDeny: Look = (stack) => stack.ofKind("NetworkPolicy").filter(isDefaultDeny).map((resource) => setting(resource, field({ path: "", value: resource.props }, "spec", "policyTypes"), () => "both directions denied"));

/** Evaluators only: that is where user code runs. */
function runtime(measure: "gvisor" | "kata" | "firecracker"): Look {
    return (stack, posture) => service(({ resource, spec }, role) => {
        const name = field(spec, "runtimeClassName");
        return role === "orchestrator" ? [] : [{ ...setting(resource, name, shownName), isSet: onRuntime(stack, name.value) === measure }];
    })(stack, posture);
}

/** For each measure where it stands in the objects of a stack. Whether it stands there as it must, the rules say. */
export const SETTINGS: Readonly<Record<Measure, readonly Look[]>> = {
    "time-limit": [timeLimit],
    memory: [...["memory", "ephemeral-storage"].flatMap((name) => [resources("limits", name), resources("requests", name)]), object("ResourceQuota", ["spec", "hard", "limits.memory"]), maximum("memory")],
    cpu: [resources("limits", "cpu"), resources("requests", "cpu"), pod("priorityClassName", shownName), object("PriorityClass", ["preemptionPolicy"]), object("ResourceQuota", ["spec", "hard", "limits.cpu"]), maximum("cpu")],
    network: [defaultDeny, pod("automountServiceAccountToken"), service(({ resource, spec }) => [setting(resource, field(spec, "dnsPolicy"))])],
    "read-only-root": [security(["readOnlyRootFilesystem"])],
    "no-privilege-escalation": [security(["allowPrivilegeEscalation"]), pod("automountServiceAccountToken")],
    capabilities: [security(["capabilities", "drop"]), security(["runAsNonRoot"], { loader: false })],
    selinux: [security(["seLinuxOptions", "type"], { words: shownName, loader: false })],
    seccomp: [security(["seccompProfile", "type"])],
    apparmor: [security(["appArmorProfile", "type"]), security(["appArmorProfile", "localhostProfile"], { words: shownName, loader: false })],
    gvisor: [runtime("gvisor")],
    kata: [runtime("kata")],
    firecracker: [runtime("firecracker")],
    admission: [
        object("Namespace", ["metadata", "labels", "pod-security.kubernetes.io/enforce"], shownName),
        object("ValidatingAdmissionPolicy", ["spec", "failurePolicy"], shownName),
        object("ValidatingAdmissionPolicyBinding", ["spec", "validationActions"], shownName),
    ],
};
