import { selects } from "../labels";
import { kindOfType } from "../pod";
import { entries, field, type Field, fieldOf, isUnset } from "../read";
import type { Resource } from "../resource";
import { metadata, type Stack } from "../stack";

export type Direction = "ingress" | "egress";
export const DIRECTIONS = ["ingress", "egress"] as const;

/** One thing that a NetworkPolicy opens for the pods that it selects: a peer, on some ports. */
export interface Opening {
    readonly policy: Resource;
    readonly direction: Direction;
    /** An entry of `from` or `to`; undefined where the rule has none, which opens to everybody. */
    readonly peer: Field | undefined;
    /** Entries of `ports`; undefined where the rule has none, which opens all of them. */
    readonly ports: readonly Field[] | undefined;
    /** The rule itself. */
    readonly rule: Field;
}

const PEERS: Readonly<Record<Direction, string>> = { ingress: "from", egress: "to" };
const TYPES: Readonly<Record<Direction, string>> = { ingress: "Ingress", egress: "Egress" };
const TYPE = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/** Everything that is a NetworkPolicy by its type or by what it says it is, patches included. */
export function networkPoliciesOf({ resources }: Stack): Resource[] {
    return resources.filter(({ type, props }) => kindOfType(type) === "NetworkPolicy" || props["kind"] === "NetworkPolicy");
}

export function specOf(policy: Resource): Field {
    return fieldOf(policy.props, "spec");
}

/** Everything that a policy opens, rule by rule and peer by peer; also in a direction that its types leave out, where a new type would make it count. */
export function openingsOf(policy: Resource): Opening[] {
    return DIRECTIONS.flatMap((direction) => entries(field(specOf(policy), direction)).flatMap((rule) => {
        const [peers, ports] = [entries(field(rule, PEERS[direction])), entries(field(rule, "ports"))];
        const opening = { policy, direction, rule, ports: ports.length === 0 ? undefined : ports };
        return (peers.length === 0 ? [undefined] : peers).map((peer) => ({ ...opening, peer }));
    }));
}

/** The directions in which a policy denies what no policy opens. Left out, its types are Ingress, and Egress where there are egress rules. */
export function isolates(policy: Resource): readonly Direction[] {
    const types = entries(field(specOf(policy), "policyTypes")).map(({ value }) => value);
    const egress = entries(field(specOf(policy), "egress")).length > 0;
    return DIRECTIONS.filter((direction) => (types.length === 0 ? direction === "ingress" || egress : types.includes(TYPES[direction])));
}

/** Whether a policy denies by default: selects every pod of its namespace in so many words, is about both directions, and opens nothing. */
export function isDefaultDeny(policy: Resource): boolean {
    const [selector, types] = ["podSelector", "policyTypes"].map((name) => field(specOf(policy), name)) as [Field, Field];
    const both = entries(types).map(({ value }) => value);
    return policy.type === TYPE
        && selects(selector, {}) === true && isEmptyList(field(selector, "matchExpressions"))
        && both.every((type) => type === "Ingress" || type === "Egress") && new Set(both).size === DIRECTIONS.length
        && openingsOf(policy).length === 0;
}

function isEmptyList({ value }: Field): boolean {
    return isUnset(value) || (Array.isArray(value) && value.length === 0);
}

/** Name of a policy as users know it. */
export function policyName(policy: Resource): string {
    const name = metadata(policy, "name");
    return typeof name === "string" ? name : policy.name;
}
