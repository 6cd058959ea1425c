import { groupBy } from "../model/group";
import type { End } from "../posture/network/ends";
import { graphOf, type Half } from "../posture/network/graph";
import type { Ports } from "../model/network/ports";
import { portsInWords } from "../model/network/ports";
import type { Stack } from "../model/stack";
import { isWaived } from "../posture/waivers";
import type { Edge, Posture } from "../posture/posture";

/** Longer ranges are not written out port by port, which no posture may approve either. */
const MOST_PORTS = 32;

/** One connection on one port. */
interface Link {
    readonly from: string;
    readonly to: string;
    readonly port: string;
}

/**
 * Every edge that some NetworkPolicy opens on one end at least, in the order of the approved ones.
 * @param services of the stack, approved or not
 */
export function edgesOf(stack: Stack, approved: Posture, services: Posture["services"]): Edge[] {
    const isApproved = (link: Link): boolean => approved.edges.some(({ from, to, ports }) => from === link.from && to === link.to && ports.includes(link.port));
    const { halves, open } = graphOf(stack, { ...approved, services });
    const links = [
        ...halves.flatMap((half) => linksOf(approved, half).filter((link) => !isWaived(approved, "network-edges", half.by.policy) || isApproved(link))),
        ...open.map(({ pods, direction }) => ({ pods: String(pods.name), direction })).map(({ pods, direction }) => (direction === "egress" ? { from: pods, to: "anybody" } : { from: "anybody", to: pods })).map((ends) => ({ ...ends, port: "every port" })),
    ];
    const pairs = new Map([...approved.edges, ...links].map(({ from, to }) => [pairOf({ from, to }), { from, to }]));
    const between = groupBy(links, (link) => [pairOf(link)]);
    const known = approved.edges.flatMap((edge) => edge.ports);
    return [...pairs].flatMap(([pair, ends]) => {
        const opened = new Set(between.get(pair)?.map(({ port }) => port));
        const ports = [...known.filter((port) => opened.delete(port)), ...[...opened].sort()];
        return ports.length === 0 ? [] : [{ ...ends, ports }];
    });
}

function pairOf({ from, to }: Omit<Link, "port">): string {
    return JSON.stringify([from, to]);
}

function linksOf({ edges }: Posture, { from, to, ports }: Half): Link[] {
    return portsOf(ports).map((port) => {
        // An outsider may be several parties: it is the one that is approved, where one is.
        const edge = edges.find((each) => from.approvedAs.includes(each.from) && to.approvedAs.includes(each.to) && each.ports.includes(port));
        return { from: edge?.from ?? nameOf(from), to: edge?.to ?? nameOf(to), port };
    });
}

function nameOf({ approvedAs, name }: End): string {
    return approvedAs.length === 0 ? name : approvedAs.join("/");
}

function portsOf(ports: Ports): string[] {
    const { protocol, first, last } = ports;
    return protocol === undefined || last - first >= MOST_PORTS ? [portsInWords(ports)] : Array.from({ length: last - first + 1 }, (_, step) => `${protocol}/${String(first + step)}`);
}
