import { momentsOf, objectsOf, type History, type Moment, type Watched } from "./events";

interface Rule {
    readonly from?: readonly unknown[];
    readonly to?: readonly unknown[];
    readonly ports?: readonly unknown[];
}

interface NetworkPolicy extends Watched {
    readonly spec: { readonly podSelector: object; readonly ingress?: readonly Rule[]; readonly egress?: readonly Rule[] };
}

/** Kubernetes reads an empty list and none alike: everyone, every port. */
const each = (list: readonly unknown[] | undefined, all: string): readonly unknown[] => (list === undefined || list.length === 0 ? [all] : list);

function openingsOf({ spec: { podSelector, ingress = [], egress = [] } }: NetworkPolicy): string[] {
    const pods = JSON.stringify(podSelector);
    const open = (direction: string, peers: readonly unknown[] | undefined, ports: readonly unknown[] | undefined): string[] =>
        each(peers, "everyone").flatMap((peer) => each(ports, "every port").map((port) => `${direction} ${pods} ${JSON.stringify(peer)} ${JSON.stringify(port)}`));
    return [...ingress.flatMap(({ from, ports }) => open("to", from, ports)), ...egress.flatMap(({ to, ports }) => open("from", to, ports))];
}

/** What the NetworkPolicies of a namespace let through beyond its default deny: direction, pods, peer and port of each. */
export function openings(objects: Moment["objects"], namespace: string): Set<string> {
    return new Set((objectsOf(objects, "NetworkPolicy", namespace) as NetworkPolicy[]).flatMap(openingsOf));
}

/** What was open at some moment and neither at the beginning nor in the end, with the event that opened it. */
export function widenings(history: History, namespace: string): string[] {
    const states = Array.from(momentsOf(history), ({ after, objects }) => ({ after, open: openings(objects, namespace) }));
    const approved = new Set([states[0], states.at(-1)].flatMap((state) => [...state?.open ?? []]));
    return states.flatMap(({ after, open }, index) => [...open]
        .filter((opening) => !approved.has(opening) && states[index - 1]?.open.has(opening) !== true)
        .map((opening) => `open ${opening} after ${after}`));
}
