import type { Posture } from "../posture";
import type { PodHolder } from "../../model/pod";
import { field, type Field } from "../../model/read";
import type { Resource } from "../../model/resource";
import { metadata, type Stack } from "../../model/stack";
import { directoryOf, type Directory } from "../../model/network/directory";
import { peersOf, subjectsOf, type End } from "./ends";
import { DIRECTIONS, isolates, networkPoliciesOf, openingsOf, specOf, type Direction, type Opening } from "../../model/network/policy";
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

/** What the network policies of a stack come to, together. Linear in what they open. */
export interface Graph {
    readonly halves: readonly Half[];
    /** Pods that no policy isolates, by direction: everything is open to them. */
    readonly open: readonly { readonly pods: PodHolder; readonly direction: Direction }[];
}

export function graphOf(stack: Stack, posture: Posture): Graph {
    const directory = directoryOf(stack);
    const policies = networkPoliciesOf(stack);
    return { halves: policies.flatMap((policy) => halvesOf(policy, directory, posture)), open: openIn(stack, policies, directory) };
}

/** What one policy opens, between the workloads of a directory and whoever else. */
export function halvesOf(policy: Resource, directory: Directory, posture: Posture): Half[] {
    return openingsOf(policy).flatMap((opening) => halvesIn(opening, directory, posture));
}

function halvesIn(opening: Opening, directory: Directory, posture: Posture): Half[] {
    const { direction, ports = [undefined] } = opening;
    const peers = peersOf(opening, directory, posture);
    return subjectsOf(opening, directory, posture).flatMap((subject) => peers.flatMap((peer) => {
        const [from, to] = direction === "egress" ? [subject, peer] : [peer, subject];
        return ports.flatMap((port) => (port === undefined ? [ALL_PORTS] : portsIn(port, to.pods)).map((opened): Half => ({ direction, from, to, ports: opened, by: { ...opening, port } })));
    }));
}

function openIn(stack: Stack, policies: readonly Resource[], directory: Directory): Graph["open"] {
    const isolated = { ingress: new Set<PodHolder>(), egress: new Set<PodHolder>() };
    for (const policy of policies) {
        const pods = directory.within(String(metadata(policy, "namespace")), field(specOf(policy), "podSelector"));
        isolates(policy).forEach((direction) => pods.forEach((holder) => isolated[direction].add(holder)));
    }
    return stack.pods.flatMap((pods) => DIRECTIONS.filter((direction) => !isolated[direction].has(pods)).map((direction) => ({ pods, direction })));
}
