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
    if (!isCidr(inner) || !isCidr(outer)) {
        return false;
    }
    const [[address, length], [base, most]] = [parseCIDR(inner), parseCIDR(outer)];
    return address.kind() === base.kind() && length >= most && address.match(base, most);
}
