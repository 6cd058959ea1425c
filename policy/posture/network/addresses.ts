import { isCidr, isCovered, isWithin, overlaps } from "../../model/network/cidr";
import { entries, field, type Field } from "../../model/read";
import type { Value } from "../../model/resource";
import type { Posture } from "../posture";

/** Where clusters give pods their addresses from, as far as anybody can tell: RFC 1918, RFC 6598, RFC 4193, and global ones where pods have IPv6. */
const OF_PODS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "2000::/3"];

/** The addresses of an ipBlock. What can't be read excepts nothing. */
export function addressesOf(block: Field): { readonly cidr: Value; readonly except: readonly string[] } {
    const except = entries(field(block, "except")).map(({ value }) => value);
    return { cidr: field(block, "cidr").value, except: except.filter((one) => typeof one === "string" && isCidr(one)) as string[] };
}

/** Whether pods may have their addresses in an ipBlock. Those of a party aren't theirs: whoever approved it has said whose they are. */
export function mayHoldPods(block: Field, posture: Posture): boolean {
    const { cidr, except } = addressesOf(block);
    if (typeof cidr !== "string" || !isCidr(cidr)) {
        return true;
    }
    const others = [...except, ...Object.values(posture.parties).flatMap((party) => ("cidr" in party ? [party.cidr] : []))];
    return OF_PODS.some((range) => overlaps(cidr, range) && !isCovered(isWithin(cidr, range) ? cidr : range, others));
}
