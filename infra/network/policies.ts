import type { types } from "@pulumi/kubernetes";
import { COMMON_LABELS } from "../names";
import type { Edge, Party } from "./edges";

export interface Policy {
    readonly name: string;
    readonly spec: types.input.networking.v1.NetworkPolicySpec;
}

function toPeer(party: Party): types.input.networking.v1.NetworkPolicyPeer {
    if ("labels" in party) {
        return { podSelector: { matchLabels: party.labels } };
    }
    const { peer } = party;
    return "cidr" in peer
        ? { ipBlock: { cidr: peer.cidr } }
        : { namespaceSelector: { matchLabels: peer.namespaceSelector }, podSelector: { matchLabels: peer.podSelector } };
}

/** An edge needs leave on each of its ends that is ours: to go out where it starts, to come in where it leads. */
export function policiesOf({ from, to, ports }: Edge): Policy[] {
    const name = `${from.name}-to-${to.name}`;
    const open = ports.map(({ port, protocol }) => ({ port, protocol }));
    const egress = "labels" in from
        ? [{ name: `${name}-egress`, spec: { podSelector: { matchLabels: from.labels }, policyTypes: ["Egress"], egress: [{ to: [toPeer(to)], ports: open }] } }]
        : [];
    const ingress = "labels" in to
        ? [{ name: `${name}-ingress`, spec: { podSelector: { matchLabels: to.labels }, policyTypes: ["Ingress"], ingress: [{ from: [toPeer(from)], ports: open }] } }]
        : [];
    return [...egress, ...ingress];
}

export function metadataOf(policy: Policy, namespace: string): types.input.meta.v1.ObjectMeta {
    return { name: policy.name, namespace, labels: COMMON_LABELS };
}
