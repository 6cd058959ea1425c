import type { PodHolder } from "./pod";
import { labelsIn, selects } from "./labels";
import { entries, field, isUnset, type Field } from "./read";
import type { Resource } from "./resource";
import { metadata, type Stack } from "./stack";

export type Direction = "ingress" | "egress";

/** One thing that a NetworkPolicy opens: a peer, for the pods that it selects, on some ports. */
export interface Opening {
    readonly policy: Resource;
    readonly direction: Direction;
    /** `spec.podSelector`. */
    readonly subject: Field;
    /** An entry of `from` or `to`; undefined where the rule has none, which opens to everybody. */
    readonly peer: Field | undefined;
    /** Entries of `ports`; empty where the rule has none, which opens all of them. */
    readonly ports: readonly Field[];
    /** The rule itself. */
    readonly rule: Field;
}

const PEERS: Readonly<Record<Direction, string>> = { ingress: "from", egress: "to" };

/** Everything that a policy opens, rule by rule and peer by peer. What isn't opened by any policy is denied once one selects the pod. */
export function openingsOf(policy: Resource): Opening[] {
    const spec = field({ path: "", value: policy.props }, "spec");
    return (["ingress", "egress"] as const).flatMap((direction) => entries(field(spec, direction)).flatMap((rule) => {
        const opening = { policy, direction, subject: field(spec, "podSelector"), ports: entries(field(rule, "ports")), rule };
        const peers = entries(field(rule, PEERS[direction]));
        return (peers.length === 0 ? [undefined] : peers).map((peer) => ({ ...opening, peer }));
    }));
}

/** Workloads of a namespace that a selector selects; undefined where selector or labels can't be read. */
export function selected(stack: Stack, namespace: unknown, selector: Field): PodHolder[] | undefined {
    const found: PodHolder[] = [];
    for (const holder of stack.pods.filter((pod) => pod.namespace === namespace)) {
        const labels = labelsIn(holder.labels);
        const hit = labels === undefined ? undefined : selects(selector, labels);
        if (hit === undefined) {
            return undefined;
        }
        if (hit) {
            found.push(holder);
        }
    }
    return found;
}

/** Whether a policy denies by default: selects every pod of its namespace, is about both directions, and opens nothing. */
export function isDefaultDeny(policy: Resource): boolean {
    const spec = field({ path: "", value: policy.props }, "spec");
    const types = field(spec, "policyTypes").value;
    return selects(field(spec, "podSelector"), {}) === true
        && isUnset(field(spec, "podSelector", "matchExpressions").value)
        && Array.isArray(types) && ["Ingress", "Egress"].every((type) => types.includes(type))
        && openingsOf(policy).length === 0;
}

/** Name of a policy as users know it. */
export function policyName(policy: Resource): string {
    const name = metadata(policy, "name");
    return typeof name === "string" ? name : policy.name;
}
