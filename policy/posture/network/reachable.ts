import type { Posture } from "../posture";
import { groupBy } from "../../model/group";
import type { Resource } from "../../model/resource";
import type { Stack } from "../../model/stack";
import { ANYBODY, endAt, type End } from "./ends";
import { graphOf } from "./graph";
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

type Side = Omit<Connection, "policies"> & { readonly direction: Direction; readonly policy: Resource | undefined };

/**
 * Everything that may reach anything. Between two workloads of the stack both have to allow it, the one to go out and the other to
 * come in; with anybody else only the stack's own end is known. Pods without isolation are open to {@link ANYBODY}.
 */
export function reachable(stack: Stack, posture: Posture): Connection[] {
    const { halves, open } = graphOf(stack, posture);
    const sides = [
        ...halves.map((half): Side => ({ ...half, policy: half.by.policy })),
        ...open.map(({ pods, direction }): Side => {
            const [from, to] = direction === "egress" ? [endAt(pods, posture), ANYBODY] : [ANYBODY, endAt(pods, posture)];
            return { direction, from, to, ports: ALL_PORTS, policy: undefined };
        }),
    ];
    const byEnds = groupBy(sides, ({ direction, from, to }) => [keyOf(direction, from, to)]);
    return sides.flatMap((side) => {
        const { direction, from, to } = side;
        if (from.pods === undefined || to.pods === undefined) {
            return [connection(side)];
        }
        const partners = direction === "egress"
            ? [...(byEnds.get(keyOf("ingress", from, to)) ?? []), ...(byEnds.get(keyOf("ingress", ANYBODY, to)) ?? [])]
            : byEnds.get(keyOf("egress", from, ANYBODY)) ?? [];
        return partners.flatMap((partner) => {
            const ports = common(side.ports, partner.ports);
            return ports === undefined ? [] : [connection({ ...side, ports }, partner)];
        });
    });
}

function keyOf(direction: Direction, ...ends: readonly End[]): string {
    return [direction, ...ends.map(({ sort, name, pods }) => pods?.resource.urn ?? `${sort} ${name}`)].join("\n");
}

function connection({ from, to, ports, policy }: Side, partner?: Side): Connection {
    return { from, to, ports, policies: [policy, partner?.policy].filter((one) => one !== undefined) };
}
