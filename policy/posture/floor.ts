import { parseCIDR } from "ipaddr.js";
import { isDay } from "./days";
import type { PostureFile } from "./posture";

/** A party is somebody, not everybody: the fewest bits that a block of addresses has to have, by family. */
const FEWEST_BITS = { ipv4: 8, ipv6: 32 } as const;
/** Of this rule a waiver has to name the field: the rule is about all of them. */
const BY_FIELD = "approved-objects";

/** What no posture may say and schema.json can't tell, in words. */
export function problemsOf({ namespace, loaderNamespace, parties, waivers }: PostureFile): string[] {
    return [
        // The loader's exceptions hold in its namespace.
        ...(namespace === loaderNamespace ? [`loaderNamespace must be another one than namespace, "${namespace}"`] : []),
        ...problemsWithParties(parties),
        ...waivers.flatMap(({ expires }, index) => (isDay(expires) ? [] : [`waivers[${String(index)}].expires must be a day of the calendar, is "${expires}"`])),
        ...waivers.flatMap(({ rule, path }, index) => (rule === BY_FIELD && path === undefined ? [`waivers[${String(index)}].path is missing: a waiver of ${BY_FIELD} names the field`] : [])),
    ];
}

/** What no party may be, in words. */
export function problemsWithParties(parties: PostureFile["parties"]): string[] {
    return Object.entries(parties).flatMap(([name, party]) => ("cidr" in party && !isBlock(party.cidr)
        ? [`parties.${name}.cidr must be a block of at least /${String(FEWEST_BITS.ipv4)} (IPv4) or /${String(FEWEST_BITS.ipv6)} (IPv6), is "${party.cidr}"`]
        : []));
}

function isBlock(cidr: string): boolean {
    try {
        const [address, bits] = parseCIDR(cidr);
        return bits >= FEWEST_BITS[address.kind()];
    } catch {
        return false;
    }
}
