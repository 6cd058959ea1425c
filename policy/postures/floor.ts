import { parseCIDR } from "ipaddr.js";
import { isDay } from "./days";
import type { PostureFile } from "./posture";

/** A party is somebody, not everybody: the fewest bits that a block of addresses has to have, by family. */
const FEWEST_BITS = { ipv4: 8, ipv6: 32 } as const;

/** What no posture may approve and schema.json can't say, in words. */
export function problemsOf(posture: PostureFile): string[] {
    const { namespace, loaderNamespace, services, parties, waivers } = posture;
    const both = Object.keys(parties).filter((name) => Object.hasOwn(services, name));
    return [
        // The loader's exceptions hold in its namespace.
        ...(namespace === loaderNamespace ? [`posture/loaderNamespace must be another one than posture/namespace, "${namespace}"`] : []),
        ...both.map((name) => `posture/parties/${name} must have another name than the service "${name}"`),
        ...Object.entries(parties).flatMap(([name, party]) => ("cidr" in party && !isBlock(party.cidr) ? [`posture/parties/${name}/cidr must be a block of at least /${String(FEWEST_BITS.ipv4)} (IPv4) or /${String(FEWEST_BITS.ipv6)} (IPv6), is "${party.cidr}"`] : [])),
        ...posture.edges.flatMap((edge, index) => edgeProblems(posture, edge).map((problem) => `posture/edges/${String(index)} ${problem}`)),
        ...waivers.flatMap(({ expires }, index) => (isDay(expires) ? [] : [`posture/waivers/${String(index)}/expires must be a day of the calendar, is "${expires}"`])),
    ];
}

function edgeProblems({ services, parties }: PostureFile, { from, to }: PostureFile["edges"][number]): string[] {
    const isService = (name: string): boolean => Object.hasOwn(services, name);
    const unknown = [from, to].filter((name) => !isService(name) && !Object.hasOwn(parties, name));
    return [
        ...unknown.map((name) => `must name a service or a party, names "${name}"`),
        ...(isService(from) && services[from]?.role === "evaluator" && !isService(to) ? [`must not lead out of the sandbox from the evaluator "${from}"`] : []),
        ...(isService(from) || isService(to) ? [] : ["must start or end in the sandbox"]),
    ];
}

function isBlock(cidr: string): boolean {
    try {
        const [address, bits] = parseCIDR(cidr);
        return bits >= FEWEST_BITS[address.kind()];
    } catch {
        return false;
    }
}
