import type { Posture } from "../posture";
import type { PodHolder } from "../../model/pod";
import type { Field } from "../../model/read";
import type { Resource } from "../../model/resource";
import type { Stack } from "../../model/stack";
import { directoryOf, type Directory } from "../../model/network/directory";
import { peersOf, selectedBy, subjectsOf, type End } from "./ends";
import { DIRECTIONS, isolates, networkPoliciesOf, openingsOf, type Direction, type Opening } from "../../model/network/policy";
import { ALL_PORTS, portsIn, type Ports } from "../../model/network/ports";

/** What one end of a connection allows, by one policy. */
export interface Half {
    readonly direction: Direction;
    readonly from: End;
    readonly to: End;
    readonly ports: Ports;
    /** The opening, and its entry of `ports`. */
    readonly by: Opening & { readonly port: Field | undefined };
}

/** Connections that are told one by one. Policies that open everything to everybody open the square of the workloads, and each the same. */
export const MOST_CONNECTIONS = 100_000;

/** What the network policies of a stack come to, together. Linear in what they open, up to {@link MOST_CONNECTIONS} halves. */
export interface Graph {
    readonly halves: readonly Half[];
    /** Whether these are all. */
    readonly isWhole: boolean;
    /** Pods that no policy isolates, by direction: everything is open to them. */
    readonly open: readonly { readonly pods: PodHolder; readonly direction: Direction }[];
}

export function graphOf(stack: Stack, posture: Posture): Graph {
    const directory = directoryOf(stack);
    const policies = networkPoliciesOf(stack);
    const { taken, isWhole } = take(MOST_CONNECTIONS, allHalves(policies, directory, posture));
    return { halves: taken, isWhole, open: openIn(stack, policies, directory) };
}

/** The first of so many items, and whether these are all. */
export function take<Item>(most: number, items: Iterable<Item>): { readonly taken: readonly Item[]; readonly isWhole: boolean } {
    const taken: Item[] = [];
    for (const item of items) {
        if (taken.length === most) {
            return { taken, isWhole: false };
        }
        taken.push(item);
    }
    return { taken, isWhole: true };
}

function* allHalves(policies: readonly Resource[], directory: Directory, posture: Posture): Generator<Half> {
    for (const policy of policies) {
        yield* halvesOf(policy, directory, posture);
    }
}

/** What one policy opens, between the workloads of a directory and whoever else. */
export function* halvesOf(policy: Resource, directory: Directory, posture: Posture): Generator<Half> {
    for (const opening of openingsOf(policy)) {
        yield* halvesIn(opening, directory, posture);
    }
}

function* halvesIn(opening: Opening, directory: Directory, posture: Posture): Generator<Half> {
    const { direction, ports = [undefined] } = opening;
    const peers = peersOf(opening, directory, posture);
    for (const subject of subjectsOf(opening, directory, posture)) {
        for (const peer of peers) {
            const [from, to] = direction === "egress" ? [subject, peer] : [peer, subject];
            for (const port of ports) {
                const opened = port === undefined ? [ALL_PORTS] : portsIn(port, to.pods);
                yield* opened.map((each): Half => ({ direction, from, to, ports: each, by: { ...opening, port } }));
            }
        }
    }
}

function openIn(stack: Stack, policies: readonly Resource[], directory: Directory): Graph["open"] {
    const isolated = { ingress: new Set<PodHolder>(), egress: new Set<PodHolder>() };
    for (const policy of policies) {
        const pods = selectedBy(policy, directory);
        isolates(policy).forEach((direction) => pods.forEach((holder) => isolated[direction].add(holder)));
    }
    return stack.pods.flatMap((pods) => DIRECTIONS.filter((direction) => !isolated[direction].has(pods)).map((direction) => ({ pods, direction })));
}
