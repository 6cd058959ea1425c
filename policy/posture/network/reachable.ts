import type { Posture } from "../posture";
import { groupBy } from "../../model/group";
import type { Resource } from "../../model/resource";
import type { Stack } from "../../model/stack";
import { ANYBODY, endAt, type End } from "./ends";
import { graphOf, MOST_CONNECTIONS, take } from "./graph";
import type { Direction } from "../../model/network/policy";
import { ALL_PORTS, common, type Ports } from "../../model/network/ports";

/** A connection that can be made. */
export interface Connection {
    readonly from: End;
    readonly to: End;
    readonly ports: Ports;
    /** The policies that open it: of the end that it starts from, and of the end that it leads to, as far as these are the stack's and isolated. */
    readonly policies: readonly Resource[];
}

export interface Reach {
    readonly connections: readonly Connection[];
    /** Whether these are all: no more than {@link MOST_CONNECTIONS} are told. */
    readonly isWhole: boolean;
}

/** What one end allows, on ports that its policies open together. */
interface Side extends Connection {
    readonly direction: Direction;
}

/**
 * Everything that may reach anything. Between two workloads of the stack both have to allow it, the one to go out and the other to
 * come in; with anybody else only the stack's own end is known. Pods without isolation are open to {@link ANYBODY}. Addresses may be
 * those of pods, the stack's own included.
 */
export function reachable(stack: Stack, posture: Posture): Reach {
    const { halves, open, isWhole } = graphOf(stack, posture);
    const sides = merged([
        ...halves.map((half): Side => ({ ...half, policies: [half.by.policy] })),
        ...open.map(({ pods, direction }): Side => {
            const [from, to] = direction === "egress" ? [endAt(pods, posture), ANYBODY] : [ANYBODY, endAt(pods, posture)];
            return { direction, from, to, ports: ALL_PORTS, policies: [] };
        }),
    ]);
    const { taken, isWhole: isAll } = take(MOST_CONNECTIONS, connectionsOf(sides));
    return { connections: merged(taken.filter((one) => one !== undefined)), isWhole: isWhole && isAll };
}

/** Sides with nobody of the stack are known as far as they ever are; of the others, those that fit together. Undefined for each two that don't. */
function* connectionsOf(sides: readonly Side[]): Generator<Connection | undefined> {
    const partners = partnersAmong(sides);
    for (const side of sides) {
        const { from, to } = side;
        if (from.pods === undefined || to.pods === undefined) {
            yield { from, to, ports: side.ports, policies: side.policies };
        }
        for (const partner of partners(side)) {
            const ports = common(side.ports, partner.ports);
            yield ports === undefined ? undefined : { from, to: to.pods === undefined ? partner.to : to, ports, policies: [...side.policies, ...partner.policies] };
        }
    }
}

/** Finds what the other end allows of a side, each pair from one of its ends only. */
function partnersAmong(sides: readonly Side[]): (side: Side) => readonly Side[] {
    const byEnds = groupBy(sides, ({ direction, from, to }) => [keyOf(direction, from, to)]);
    const byAddress = sides.filter(isByAddress);
    // What is open to anybody is open to the pods at addresses too, and said to be; two blocks may hold each other's pods.
    const fromAddresses = byAddress.filter(({ direction }) => direction === "ingress");
    const ofPods = groupBy(byAddress, ({ direction, from, to }) => [keyOf(direction, direction === "ingress" ? to : from)]);
    const between = (direction: Direction, ...ends: readonly End[]): readonly Side[] => byEnds.get(keyOf(direction, ...ends)) ?? [];
    const atAddresses = (direction: Direction, pods: End): readonly Side[] => ofPods.get(keyOf(direction, pods)) ?? [];
    return (side) => {
        const { direction, from, to } = side;
        if (to.pods === undefined) {
            return isByAddress(side) ? fromAddresses : [];
        }
        return direction === "egress"
            ? [...between("ingress", from, to), ...between("ingress", ANYBODY, to), ...atAddresses("ingress", to)]
            : [...between("egress", from, ANYBODY), ...atAddresses("egress", from)];
    };
}

/** Whether the other end of a workload's side is addresses that pods may have. */
function isByAddress({ from, to }: Side): boolean {
    return from.mayBePods === true || to.mayBePods === true;
}

/** What is between the same ends on the same ports once, with the policies of all. */
function merged<Told extends Connection & { readonly direction?: Direction }>(connections: readonly Told[]): Told[] {
    const alike = groupBy(connections, ({ direction, from, to, ports: { protocol, first, last } }) => [[keyOf(direction, from, to), protocol, first, last].join("\n")]);
    return [...alike.values()].map((same) => ({ ...(same[0] as Told), policies: [...new Set(same.flatMap(({ policies }) => policies))] }));
}

function keyOf(direction: Direction | undefined, ...ends: readonly End[]): string {
    return [direction, ...ends.map(({ sort, name, pods, mayBePods }) => pods?.resource.urn ?? `${sort} ${String(mayBePods)} ${name}`)].join("\n");
}
