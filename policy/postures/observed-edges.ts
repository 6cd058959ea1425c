import { openingsOf, type Opening } from "../model/network";
import { peersOf, portsOf, subjectsOf, type Peer } from "../model/reach";
import type { Stack } from "../model/stack";
import { isWaived } from "../model/waivers";
import type { Edge, Posture } from "./posture";

/** Stand for an end or a port that may be any; no posture may say so. */
const ANYBODY: readonly Peer[] = [["anybody"]];
const EVERY_PORT = ["every port"];
/** Longer ranges are not written out port by port, which no posture may approve either. */
const MOST_PORTS = 32;

/** One connection on one port. */
interface Link {
    readonly from: string;
    readonly to: string;
    readonly port: string;
}

/** Every edge that some NetworkPolicy opens on one end at least, in the order of the approved ones. */
export function edgesOf(stack: Stack, approved: Posture): Edge[] {
    const isApproved = (link: Link): boolean => approved.edges.some(({ from, to, ports }) => from === link.from && to === link.to && ports.includes(link.port));
    const links = stack.ofKind("NetworkPolicy").flatMap((policy) => {
        const opened = openingsOf(policy).flatMap((opening) => linksOf(stack, approved, opening));
        return isWaived(approved, "network-edges", policy) ? opened.filter(isApproved) : opened;
    });
    const order = approved.edges.map(({ from, to }) => ({ from, to }));
    const others = links.filter(({ from, to }) => !order.some((edge) => edge.from === from && edge.to === to));
    const known = approved.edges.flatMap((edge) => edge.ports);
    return unique([...order, ...others.map(({ from, to }) => ({ from, to }))]).flatMap(({ from, to }) => {
        const open = new Set(links.filter((link) => link.from === from && link.to === to).map(({ port }) => port));
        const ports = [...known.filter((port) => open.delete(port)), ...[...open].sort()];
        return ports.length === 0 ? [] : [{ from, to, ports }];
    });
}

function linksOf(stack: Stack, approved: Posture, opening: Opening): Link[] {
    const subjects: readonly Peer[] = subjectsOf(stack, opening)?.map((name) => [name]) ?? ANYBODY;
    const peers = peersOf(stack, approved, opening) ?? ANYBODY;
    const pairs = subjects.flatMap((subject) => peers.map((peer) => (opening.direction === "egress" ? { from: subject, to: peer } : { from: peer, to: subject })));
    const destinations = pairs.flatMap(({ to }) => to);
    const ports = opening.ports.length === 0 ? EVERY_PORT : opening.ports.flatMap((port) => folded(portsOf(stack, port, destinations) ?? EVERY_PORT));
    return pairs.flatMap(({ from, to }) => ports.map((port) => named(approved, from, to, port)));
}

function folded(ports: readonly string[]): readonly string[] {
    return ports.length > MOST_PORTS ? [`${ports.at(0) ?? ""} to ${ports.at(-1) ?? ""}`] : ports;
}

/** An outsider may be several parties: it is the one that is approved, where one is. */
function named({ edges }: Posture, from: Peer, to: Peer, port: string): Link {
    const edge = edges.find((each) => from.includes(each.from) && to.includes(each.to) && each.ports.includes(port));
    return { from: edge?.from ?? from.join("/"), to: edge?.to ?? to.join("/"), port };
}

function unique(ends: readonly Omit<Link, "port">[]): Omit<Link, "port">[] {
    return ends.filter((end, index) => ends.findIndex(({ from, to }) => end.from === from && end.to === to) === index);
}
