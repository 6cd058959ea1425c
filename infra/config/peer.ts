import { BlockList, isIP } from "node:net";
import { z } from "zod";
import { object, port, selector, text } from "./fields";

/** Addresses that no gateway or caller may cover: the node itself and the cloud's metadata service. */
const REFUSED = [["127.0.0.0", 8, "ipv4"], ["169.254.0.0", 16, "ipv4"], ["::1", 128, "ipv6"], ["fe80::", 10, "ipv6"]] as const;
/** Shorter prefixes name no destination any more. */
const SHORTEST_PREFIX = { 4: 16, 6: 48 } as const;
const LONGEST_PREFIX = { 4: 32, 6: 128 } as const;

function blockList(address: string, prefix: number, family: "ipv4" | "ipv6"): BlockList {
    const list = new BlockList();
    list.addSubnet(address, prefix, family);
    return list;
}

function isNarrowRange(cidr: string): boolean {
    const [address = "", length = ""] = cidr.split("/");
    const version = isIP(address);
    if ((version !== 4 && version !== 6) || !/^\d{1,3}$/.test(length)) {
        return false;
    }
    const prefix = Number(length);
    if (prefix < SHORTEST_PREFIX[version] || prefix > LONGEST_PREFIX[version]) {
        return false;
    }
    const family = `ipv${version}` as const;
    const range = blockList(address, prefix, family);
    return !REFUSED.some(([refused, bits, of]) => of === family && (range.check(refused, of) || blockList(refused, bits, of).check(address, of)));
}

const cidr = z.string().refine(isNarrowRange, {
    error: "an address range of /16 (IPv6: /48) or narrower, neither loopback nor link-local, such as 10.2.3.4/32",
});

/** Who stands at the far end of a connection: pods in other namespaces, or an address range. */
export type Outsider =
    | { readonly namespaceSelector: Readonly<Record<string, string>>; readonly podSelector: Readonly<Record<string, string>> }
    | { readonly cidr: string };

const outsider = { namespaceSelector: selector.optional(), podSelector: selector.optional(), cidr: cidr.optional() };
const EITHER = "either cidr, or both namespaceSelector and podSelector";

function toOutsider(value: z.output<z.ZodObject<typeof outsider>>, context: z.RefinementCtx): Outsider {
    const { namespaceSelector, podSelector, cidr: range } = value;
    if (range !== undefined && namespaceSelector === undefined && podSelector === undefined) {
        return { cidr: range };
    }
    if (range === undefined && namespaceSelector !== undefined && podSelector !== undefined) {
        return { namespaceSelector, podSelector };
    }
    context.addIssue({ code: "custom", message: EITHER });
    return z.NEVER;
}

export const caller = object(outsider).transform(toOutsider);

export const gateway = object({ ...outsider, port }).transform(({ port: number, ...rest }, context) => ({ port: number, peer: toOutsider(rest, context) }));
export type Gateway = z.output<typeof gateway>;

const pods = { namespaceSelector: selector, podSelector: selector };

/** `{}` stands for "nobody scrapes". */
export const scraper = z.preprocess(
    (value) => (value !== null && typeof value === "object" && Object.keys(value).length === 0 ? undefined : value),
    object(pods).optional(),
);

export const dns = object({
    ...pods,
    nameserver: z.string().refine((value) => isIP(value) !== 0, { error: "the IP address of the resolver's Service" }),
    port: port.default(53),
    clusterDomain: text(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, "the cluster's DNS domain").default("cluster.local"),
});
