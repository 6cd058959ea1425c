import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Amounts } from "./config/fields";
import type { Config } from "./config/schema";
import { COMMON_LABELS } from "./names";
import { defaultDeny, podSecurityLabels } from "./namespace";

/** Below every workload that says nothing about its priority (0): under stress on a node, the sandbox goes first. */
const PRIORITY = -1000;

export type SandboxArgs = Pick<Config, "namespace" | "quota" | "limitRange">;

function max({ cpu, memory, ephemeralStorage }: Amounts) {
    return { cpu, memory, "ephemeral-storage": ephemeralStorage };
}

function hard({ cpu, memory, ephemeralStorage, pods }: Config["quota"]): Record<string, string> {
    return {
        "requests.cpu": cpu,
        "limits.cpu": cpu,
        "requests.memory": memory,
        "limits.memory": memory,
        "requests.ephemeral-storage": ephemeralStorage,
        "limits.ephemeral-storage": ephemeralStorage,
        pods: String(pods),
        // Ways in, places to keep something, and things worth stealing: the sandbox needs none of them.
        "services.loadbalancers": "0",
        "services.nodeports": "0",
        persistentvolumeclaims: "0",
        secrets: "0",
    };
}

/** What every workload stands in: namespace, quota, bounds of a container, no traffic, low priority. */
export class Sandbox extends pulumi.ComponentResource {
    public readonly priorityClass: string;

    public constructor(name: string, { namespace, quota, limitRange }: SandboxArgs, options: pulumi.ComponentResourceOptions) {
        super("wikifunctions:index:Sandbox", name, {}, options);
        this.priorityClass = `${namespace}-sandbox`;
        const own = { parent: this };
        const space = new k8s.core.v1.Namespace(name, {
            metadata: { name: namespace, labels: { ...COMMON_LABELS, ...podSecurityLabels("restricted") } },
        }, own);
        const within = { parent: this, dependsOn: [space] };
        const metadata = { name: "sandbox", namespace, labels: COMMON_LABELS };
        new k8s.core.v1.ResourceQuota(name, { metadata, spec: { hard: hard(quota) } }, within);
        new k8s.core.v1.LimitRange(name, {
            metadata,
            spec: { limits: [{ type: "Container", max: max(limitRange.container) }, { type: "Pod", max: max(limitRange.pod) }] },
        }, within);
        new k8s.networking.v1.NetworkPolicy(`${name}-default-deny`, defaultDeny(namespace), within);
        new k8s.scheduling.v1.PriorityClass(name, {
            metadata: { name: this.priorityClass, labels: COMMON_LABELS },
            value: PRIORITY,
            globalDefault: false,
            preemptionPolicy: "Never",
            description: "Code that anybody may write: waits for room, never takes it.",
        }, own);
        this.registerOutputs();
    }
}
