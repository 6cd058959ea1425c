import { parseCIDR } from "ipaddr.js";
import type { Party, Posture } from "../postures/posture";
import { demands } from "./labels";
import { selected, type Opening } from "./network";
import type { PodHolder } from "./pod";
import { entries, field, isObject, isUnset, type Field } from "./read";
import type { Value } from "./resource";
import { metadata, type Stack } from "./stack";

/** Names of services that an end of an opening stands for; undefined where it may be anybody else too. */
type Ends = readonly string[] | undefined;

/** A workload by its one name, or an outsider by the names of all parties that it is: what any of them is approved for is approved. */
export type Peer = readonly string[];

function namesOf(holders: readonly PodHolder[] | undefined): Ends {
    return holders?.every(({ name }) => typeof name === "string") === true ? holders.map(({ name }) => name as string) : undefined;
}

/** Whether every address of a block lies in the approved one, of the same family. `except` only takes away. */
function within(cidr: Value, approved: string): boolean {
    if (typeof cidr !== "string") {
        return false;
    }
    try {
        const [inner, innerBits] = parseCIDR(cidr);
        const outer = parseCIDR(approved);
        return inner.kind() === outer[0].kind() && innerBits >= outer[1] && inner.match(outer);
    } catch {
        return false;
    }
}

function isParty(peer: Field, party: Party): boolean {
    return "cidr" in party
        ? within(field(peer, "ipBlock", "cidr").value, party.cidr)
        : demands(field(peer, "namespaceSelector"), party.namespaceSelector) && demands(field(peer, "podSelector"), party.podSelector);
}

/** Whom the peer of an opening stands for; undefined where it may be anybody else too. */
export function peersOf(stack: Stack, posture: Posture, { peer, policy }: Opening): readonly Peer[] | undefined {
    if (peer === undefined || !isObject(peer.value) || Object.keys(peer.value).length === 0) {
        return undefined;
    }
    const mixed = !isUnset(field(peer, "ipBlock").value) && Object.keys(peer.value).length > 1;
    if (!mixed && Object.keys(peer.value).join() === "podSelector") {
        return namesOf(selected(stack, metadata(policy, "namespace"), field(peer, "podSelector")))?.map((name) => [name]);
    }
    const party = mixed ? undefined : Object.entries(posture.parties).filter(([, candidate]) => isParty(peer, candidate));
    return party === undefined || party.length === 0 ? undefined : [party.map(([name]) => name)];
}

/** Whom the policy of an opening is about. */
export function subjectsOf(stack: Stack, { subject, policy }: Opening): Ends {
    return namesOf(selected(stack, metadata(policy, "namespace"), subject));
}

const LAST_PORT = 65_535;

/** Numbers of the port called so in the pods that are connected to. Only the workloads of the stack are known by name. */
function named(stack: Stack, name: string, destinations: readonly string[]): Value[] {
    const ports = stack.pods.filter((holder) => destinations.includes(holder.name as string)).flatMap(({ containers }) => containers).flatMap((container) => entries(field(container, "ports")));
    return ports.filter((port) => field(port, "name").value === name).map((port) => field(port, "containerPort").value);
}

/**
 * The port of an opening as the posture writes it: `TCP/6927`. More than one for a range or a name; undefined where it can't be told.
 * @param destinations services that are connected to, whose named ports count
 */
export function portsOf(stack: Stack, port: Field, destinations: readonly string[]): readonly string[] | undefined {
    const [protocol = "TCP", first, last] = ["protocol", "port", "endPort"].map((key) => field(port, key).value ?? undefined);
    if (protocol !== "TCP" && protocol !== "UDP") {
        return undefined;
    }
    const numbers = typeof first === "string" && last === undefined ? named(stack, first, destinations) : [first];
    if (numbers.length === 0 || !numbers.every((number) => Number.isInteger(number))) {
        return undefined;
    }
    const end = last ?? first;
    if (last !== undefined && (typeof first !== "number" || typeof end !== "number" || end < first || end > LAST_PORT)) {
        return undefined;
    }
    const all = last === undefined ? (numbers as number[]) : Array.from({ length: (end as number) - (first as number) + 1 }, (_, step) => (first as number) + step);
    return all.map((number) => `${protocol}/${String(number)}`);
}
