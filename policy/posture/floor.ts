import { isIP } from "node:net";
import { parseCIDR } from "ipaddr.js";
import { isDay } from "./days";
import { contradictionsIn } from "./edges";
import type { PostureFile } from "./posture";

/** A party is somebody, not everybody: the fewest bits that a block of addresses has to have, by family. */
const FEWEST_BITS = { ipv4: 8, ipv6: 32 } as const;

/** What no posture may approve and schema.json can't say, in words. */
export function problemsOf(posture: PostureFile): string[] {
    const { namespace, loaderNamespace, nameserver, parties, waivers } = posture;
    return [
        // The loader's exceptions hold in its namespace.
        ...(namespace === loaderNamespace ? [`posture/loaderNamespace must be another one than posture/namespace, "${namespace}"`] : []),
        ...(isIP(nameserver) !== 0 ? [] : [`posture/nameserver must be an IP address, is "${nameserver}"`]),
        ...Object.entries(parties).flatMap(([name, party]) => ("cidr" in party && !isBlock(party.cidr) ? [`posture/parties/${name}/cidr must be a block of at least /${String(FEWEST_BITS.ipv4)} (IPv4) or /${String(FEWEST_BITS.ipv6)} (IPv6), is "${party.cidr}"`] : [])),
        ...contradictionsIn(posture),
        ...waivers.flatMap(({ expires }, index) => (isDay(expires) ? [] : [`posture/waivers/${String(index)}/expires must be a day of the calendar, is "${expires}"`])),
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
