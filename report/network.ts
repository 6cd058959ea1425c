import { approvedPorts } from "../policy/posture/network/approved";
import { endAt, leavesSandbox, type End } from "../policy/posture/network/ends";
import { graphOf } from "../policy/posture/network/graph";
import { policyName } from "../policy/model/network/policy";
import { areAmong, portsInWords } from "../policy/model/network/ports";
import { reachable } from "../policy/posture/network/reachable";
import { subject } from "../policy/model/message";
import type { Stack } from "../policy/model/stack";
import type { Posture } from "../policy/posture/posture";

/** Whoever may be at an end of a connection. */
export interface Party {
    readonly id: string;
    readonly name: string;
    readonly sort: "orchestrator" | "evaluator" | "other workload" | "party" | "not in the posture";
}

/** A connection that can be made. */
export interface Link {
    readonly from: Party;
    readonly to: Party;
    readonly ports: readonly string[];
    /** Whether the posture approves all of it. */
    readonly approved: boolean;
    /** NetworkPolicies that open it. */
    readonly policies: readonly string[];
}

export interface Network {
    readonly parties: readonly Party[];
    readonly links: readonly Link[];
    /** Pods that no policy isolates, in words. */
    readonly open: readonly string[];
}

/** What may reach what in a stack. Everything else is denied, apart from what `open` names. */
export function networkOf(stack: Stack, posture: Posture): Network {
    const approvedFor = approvedPorts(posture);
    const links = new Map<string, Link>();
    for (const connection of reachable(stack, posture)) {
        const [from, to] = [partyAt(connection.from, posture), partyAt(connection.to, posture)];
        const approved = areAmong(connection.ports, approvedFor(connection)) && !leavesSandbox(connection, posture);
        const key = JSON.stringify([from.id, to.id, approved]);
        const { ports, policies } = links.get(key) ?? { ports: [], policies: [] };
        links.set(key, { from, to, approved, ports: union(ports, [portsInWords(connection.ports)]), policies: union(policies, connection.policies.map(policyName)) });
    }
    const sorted = [...links.values()].sort((one, two) => one.from.name.localeCompare(two.from.name, "en") || one.to.name.localeCompare(two.to.name, "en"));
    const own = stack.pods.map((pods) => partyAt(endAt(pods, posture), posture));
    const ends = sorted.flatMap(({ from, to }) => [from, to]);
    return {
        parties: [...new Map([...own, ...ends].map((party) => [party.id, party])).values()],
        links: sorted,
        open: graphOf(stack, posture).open.map(({ pods, direction }) => `${subject(pods.resource)} (${direction})`),
    };
}

function partyAt({ sort, name, pods }: End, posture: Posture): Party {
    if (pods === undefined) {
        return { id: `${sort} ${name}`, name, sort: sort === "party" ? "party" : "not in the posture" };
    }
    return { id: pods.resource.urn, name, sort: sort === "service" ? (posture.services[name]?.role ?? "other workload") : "other workload" };
}

function union(some: readonly string[], others: readonly string[]): string[] {
    return [...new Set([...some, ...others])];
}
