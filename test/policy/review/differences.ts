import type { Resource, Value } from "../../../policy/model/resource";
import { change, CONTAINER, POD, set } from "../harness";
import { replaced, the } from "../stacks";

/** One way in which a stack can differ from what is approved for it. */
export interface Difference {
    readonly what: string;
    /** The stack, changed. */
    readonly make: (resources: readonly Resource[]) => Resource[];
    /** The field of the posture that differs. */
    readonly field: string;
    readonly looser: boolean;
}

function edit(what: string, kind: string, name: string, path: string, to: Value, field: string, looser: boolean): Difference {
    return { what, make: (all) => replaced(all, the(all, kind, name), change(the(all, kind, name), path, to)), field, looser };
}

/** Of the orchestrator's Deployment, whose environment starts with other variables. */
function timeLimit(what: string, milliseconds: string, looser: boolean): Difference {
    const make = (all: readonly Resource[]): Resource[] => {
        const deployment = the(all, "Deployment", "orchestrator");
        const text = JSON.stringify(deployment.props).replace('"name":"ORCHESTRATOR_TIMEOUT_MS","value":"9700"', `"name":"ORCHESTRATOR_TIMEOUT_MS","value":"${milliseconds}"`);
        return replaced(all, deployment, { ...deployment, props: JSON.parse(text) as Resource["props"] });
    };
    return { what, make, field: "services.orchestrator.ceilings.timeoutMs", looser };
}

function openTo(what: string, policy: string, path: string, to: Value, field = "edges"): Difference {
    return edit(what, "NetworkPolicy", policy, path, to, field, true);
}

const LIMITS = `${CONTAINER}.resources.limits`;
const PYTHON = "evaluator-python";
const IMAGE = "docker-registry.wikimedia.org/repos/abstract-wiki/wikifunctions/function-evaluator/rusty-py";

/** Away from the stack `staging`, which is just as approved. */
export const DIFFERENCES: readonly Difference[] = [
    edit("more CPU", "Deployment", PYTHON, `${LIMITS}.cpu`, "1500m", `services.${PYTHON}.ceilings.cpu`, true),
    edit("less CPU for the orchestrator", "Deployment", "orchestrator", `${CONTAINER}.resources`, { requests: { "cpu": "500m", "memory": "200Mi", "ephemeral-storage": "64Mi" }, limits: { "cpu": "900m", "memory": "1Gi", "ephemeral-storage": "256Mi" } }, "services.orchestrator.ceilings.cpu", false),
    edit("more memory", "Deployment", "orchestrator", `${LIMITS}.memory`, "1025Mi", "services.orchestrator.ceilings.memory", true),
    edit("less memory", "Deployment", "orchestrator", `${LIMITS}.memory`, "512Mi", "services.orchestrator.ceilings.memory", false),
    edit("no memory limit", "Deployment", "orchestrator", `${LIMITS}.memory`, undefined, "services.orchestrator.ceilings.memory", true),
    edit("more storage", "Deployment", PYTHON, `${LIMITS}["ephemeral-storage"]`, "1Gi", `services.${PYTHON}.ceilings.ephemeralStorage`, true),
    edit("less storage", "Deployment", PYTHON, `${LIMITS}["ephemeral-storage"]`, "128Mi", `services.${PYTHON}.ceilings.ephemeralStorage`, false),
    timeLimit("a longer time limit", "9800", true),
    timeLimit("a shorter time limit", "9500", false),
    edit("more replicas", "Deployment", PYTHON, "spec.replicas", 2, `services.${PYTHON}.ceilings.replicas`, true),
    edit("fewer replicas", "Deployment", PYTHON, "spec.replicas", 0, `services.${PYTHON}.ceilings.replicas`, false),
    edit("another image", "Deployment", PYTHON, `${CONTAINER}.image`, "docker.io/library/evil:1", `services.${PYTHON}.image`, true),
    edit("a sandboxed runtime", "Deployment", PYTHON, `${POD}.runtimeClassName`, "gvisor", `services.${PYTHON}.minRuntimeClass`, false),
    edit("a larger pool of executors", "Deployment", PYTHON, `${CONTAINER}.env[1].value`, "6", `services.${PYTHON}.memoryOvercommit`, true),
    edit("a smaller pool of executors", "Deployment", PYTHON, `${CONTAINER}.env[1].value`, "4", `services.${PYTHON}.memoryOvercommit`, false),
    edit("no waiting for a rollout", "Deployment", PYTHON, 'metadata.annotations["pulumi.com/skipAwait"]', "true", "allowSkipAwait", true),
    edit("another resolver", "Deployment", "orchestrator", `${POD}.dnsConfig.nameservers`, ["10.64.0.53"], "nameserver", true),
    edit("a second resolver", "Deployment", "orchestrator", `${POD}.dnsConfig.nameservers`, ["10.64.0.10", "8.8.8.8"], "nameserver", true),
    edit("another image of the loader", "DaemonSet", "apparmor-loader", `${CONTAINER}.image`, `${IMAGE}:1`, "loaderImage", true),
    edit("a larger quota of memory", "ResourceQuota", "sandbox", 'spec.hard["limits.memory"]', "21Gi", "quota.memory", true),
    edit("a smaller quota of CPU", "ResourceQuota", "sandbox", 'spec.hard["limits.cpu"]', "10", "quota.cpu", false),
    edit("more pods", "ResourceQuota", "sandbox", "spec.hard.pods", "21", "quota.pods", true),
    edit("fewer pods", "ResourceQuota", "sandbox", "spec.hard.pods", "10", "quota.pods", false),
    edit("larger containers", "LimitRange", "sandbox", "spec.limits[0].max.memory", "4Gi", "limitRange.container.memory", true),
    edit("smaller pods", "LimitRange", "sandbox", "spec.limits[1].max.cpu", "9", "limitRange.pod.cpu", false),
    openTo("a port more", "orchestrator-to-evaluator-python-egress", "spec.egress[0].ports[1]", { port: 9090, protocol: "TCP" }),
    openTo("every port", "orchestrator-to-evaluator-python-egress", "spec.egress[0].ports", undefined),
    openTo("a range of ports", "orchestrator-to-evaluator-python-egress", "spec.egress[0].ports[0]", { port: 1, endPort: 65_535, protocol: "TCP" }),
    openTo("everybody", "orchestrator-to-evaluator-python-egress", "spec.egress[0].to", undefined),
    openTo("a stranger", "orchestrator-to-wiki-egress", "spec.egress[0].to[0].podSelector.matchLabels.app", "stranger"),
    {
        what: "an edge closed",
        make: (all) => replaced(all, the(all, "NetworkPolicy", "ingress-to-orchestrator-ingress"), undefined),
        field: "edges",
        looser: false,
    },
    {
        what: "a service less",
        make: (all) => all.filter(({ name }) => !name.includes(PYTHON)),
        field: `services.${PYTHON}`,
        looser: true,
    },
    {
        what: "a service more",
        make: (all) => {
            const python = the(all, "Deployment", PYTHON);
            const name = "evaluator-perl";
            const props = [["metadata.name", name], ...["metadata.labels", "spec.selector.matchLabels", "spec.template.metadata.labels"].map((at) => [`${at}["app.kubernetes.io/instance"]`, name])] as [string, string][];
            return [...all, { ...props.reduce((made, [path, to]) => change(made, path, to), python), urn: `${python.urn}-perl`, name }];
        },
        field: "services.evaluator-perl",
        looser: true,
    },
    {
        what: "a measure without protection",
        make: (all) => {
            const quota = the(all, "ResourceQuota", "sandbox");
            return replaced(all, quota, { ...quota, options: { ...quota.options, protect: false } });
        },
        field: "protect",
        looser: true,
    },
    {
        what: "digests everywhere",
        make: (all) => all.map((resource) => ({ ...resource, props: withDigests(resource.props) as Resource["props"] })),
        field: "requireDigests",
        looser: false,
    },
];

function withDigests(value: Value): Value {
    return JSON.parse(JSON.stringify(value), (key, inner: unknown) => (key === "image" && typeof inner === "string" ? `${inner}@sha256:${"a".repeat(64)}` : inner)) as Value;
}

/** A copy of a JSON value with one place changed. */
export function edited<Whole>(whole: Whole, path: readonly (string | number)[], to: unknown): Whole {
    return set(whole as Value, path, to as Value) as Whole;
}
