import { IPv4, IPv6, parseCIDR } from "ipaddr.js";

/**
 * Whether a text is a block of addresses that everybody reads alike: four plain decimals or an IPv6 address, and a prefix length.
 * Kubernetes takes `010.0.0.0/8` for 10.0.0.0/8, others take it for 8.0.0.0/8.
 */
export function isCidr(text: string): boolean {
    return /^[0-9a-f:]+\/\d+$/i.test(text) ? IPv6.isValidCIDR(text) : IPv4.isValidCIDRFourPartDecimal(text);
}

/** Whether every address of a block lies in the outer one, of the same family. Bits beyond the prefix length count for nothing. */
export function isWithin(inner: string, outer: string): boolean {
    return isCovered(inner, [outer]);
}

/** Whether two blocks have an address in common. */
export function overlaps(one: string, other: string): boolean {
    return isWithin(one, other) || isWithin(other, one);
}

type Block = readonly [bits: string, family: "ipv4" | "ipv6"];

/** Whether every address of a block lies in one of the others, be it in several of them together. What is no block holds nothing, and is nowhere. */
export function isCovered(inner: string, outer: readonly string[]): boolean {
    const block = blockOf(inner);
    return block !== undefined && covers(block, outer.map(blockOf).filter((each) => each !== undefined && each[1] === block[1]) as Block[]);
}

/** The bits that all addresses of a block begin with. */
function blockOf(text: string): Block | undefined {
    if (!isCidr(text)) {
        return undefined;
    }
    const [address, length] = parseCIDR(text);
    return [address.toByteArray().map((byte) => byte.toString(2).padStart(8, "0")).join("").slice(0, length), address.kind()];
}

/** A block that none of the others holds is looked at by halves, as long as any of them lies in it. */
function covers([bits, family]: Block, others: readonly Block[]): boolean {
    if (others.some(([prefix]) => bits.startsWith(prefix))) {
        return true;
    }
    const inside = others.filter(([prefix]) => prefix.startsWith(bits));
    return inside.length > 0 && ["0", "1"].every((bit) => covers([bits + bit, family], inside));
}
