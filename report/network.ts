import { approvedPorts } from "../policy/posture/network/approved";
import { endAt, isOnHostNetwork, leavesSandbox, type End } from "../policy/posture/network/ends";
import { graphOf } from "../policy/posture/network/graph";
import { policyName } from "../policy/model/network/policy";
import { areAmong, portsInWords } from "../policy/model/network/ports";
import { reachable } from "../policy/posture/network/reachable";
import { subject } from "../policy/model/message";
import type { Stack } from "../policy/model/stack";
import type { Posture } from "../policy/posture/posture";
import { count } from "./words";

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
    /** What isn't told of them; undefined where they are all there are. */
    readonly rest: string | undefined;
    /** Pods that no policy isolates, in words. */
    readonly open: readonly string[];
}

/** As many links as anybody reads; more are left out, the approved ones first. */
const MOST_LINKS = 1000;

/** What may reach what in a stack. Everything else is denied, apart from what `open` and `rest` name. */
export function networkOf(stack: Stack, posture: Posture): Network {
    const approvedFor = approvedPorts(posture);
    const { connections, isWhole } = reachable(stack, posture);
    const links = new Map<string, Pick<Link, "from" | "to" | "approved"> & { readonly ports: Set<string>; readonly policies: Set<string> }>();
    for (const connection of connections) {
        const [from, to] = [partyAt(connection.from, posture), partyAt(connection.to, posture)];
        const approved = areAmong(connection.ports, approvedFor(connection)) && !leavesSandbox(connection, posture);
        const key = JSON.stringify([from.id, to.id, approved]);
        const link = links.get(key) ?? { from, to, approved, ports: new Set(), policies: new Set() };
        links.set(key, link);
        link.ports.add(portsInWords(connection.ports));
        connection.policies.forEach((policy) => link.policies.add(policyName(policy)));
    }
    const told = [...links.values()].sort((one, two) => Number(one.approved) - Number(two.approved)).slice(0, MOST_LINKS);
    const sorted = told.sort((one, two) => one.from.name.localeCompare(two.from.name, "en") || one.to.name.localeCompare(two.to.name, "en"))
        .map((link): Link => ({ ...link, ports: [...link.ports], policies: [...link.policies] }));
    const more = links.size - told.length;
    const own = stack.pods.map((pods) => partyAt(endAt(pods, posture), posture));
    const ends = sorted.flatMap(({ from, to }) => [from, to]);
    return {
        parties: [...new Map([...own, ...ends].map((party) => [party.id, party])).values()],
        links: sorted,
        rest: isWhole ? (more === 0 ? undefined : `${count(more, "more connection")} can be made.`) : "Many more connections can be made than were looked at.",
        open: graphOf(stack, posture).open.map(({ pods, direction }) => `${subject(pods.resource)} (${direction}${isOnHostNetwork(pods) ? ", on the node's network, outside every policy" : ""})`),
    };
}

function partyAt({ sort, name, pods }: End, posture: Posture): Party {
    if (pods === undefined) {
        return { id: `${sort} ${name}`, name, sort: sort === "party" ? "party" : "not in the posture" };
    }
    return { id: pods.resource.urn, name, sort: sort === "service" ? (posture.services[name]?.role ?? "other workload") : "other workload" };
}
