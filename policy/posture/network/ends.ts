import type { Posture } from "../posture";
import { demandedBy, demands } from "../../model/labels";
import { describeName, subject } from "../../model/message";
import type { PodHolder } from "../../model/pod";
import { field, isUnset, type Field } from "../../model/read";
import { serviceOf } from "../service";
import type { Resource } from "../../model/resource";
import { metadata } from "../../model/stack";
import { isCovered } from "../../model/network/cidr";
import { addressesOf, mayHoldPods } from "./addresses";
import { NAME_LABEL, type Directory } from "../../model/network/directory";
import { specOf, type Opening } from "../../model/network/policy";

/** One end of a connection. */
export interface End {
    /** An approved service, any other workload of the stack, a party of the posture, or whoever else. */
    readonly sort: "service" | "workload" | "party" | "stranger";
    /** For readers. */
    readonly name: string;
    /** Names in the posture. What any of them is approved for is approved: somebody who is in two parties is in each of them. */
    readonly approvedAs: readonly string[];
    /** The pods, where they are the stack's. */
    readonly pods?: PodHolder;
    /** Whether it is addresses that pods may have, those of the stack included. */
    readonly mayBePods?: boolean;
}

const stranger = (name: string): End => ({ sort: "stranger", name, approvedAs: [] });

export const ANYBODY = stranger("anybody");
const NOBODY_HERE = stranger("pods that aren't in this stack");

/** A workload as the end of a connection. */
export function endAt(pods: PodHolder, posture: Posture): End {
    const isService = serviceOf(pods, posture) !== undefined;
    const name = isService ? String(pods.name) : subject(pods.resource);
    return { sort: isService ? "service" : "workload", name, approvedAs: isService ? [name] : [], pods };
}

/** The workloads that a policy is about; where there are none, whoever else may come by their labels. */
export function subjectsOf({ policy }: Opening, directory: Directory, posture: Posture): readonly End[] {
    const pods = selectedBy(policy, directory);
    return pods.length === 0 ? [NOBODY_HERE] : pods.map((holder) => endAt(holder, posture));
}

/** The workloads that a policy holds for: those on the network of a node are outside every policy. */
export function selectedBy(policy: Resource, directory: Directory): readonly PodHolder[] {
    return directory.within(String(metadata(policy, "namespace")), field(specOf(policy), "podSelector")).filter((pods) => !isOnHostNetwork(pods));
}

/** Whether pods are, or may be, on the network of their node. */
export function isOnHostNetwork({ spec }: PodHolder): boolean {
    const { value } = field(spec, "hostNetwork");
    return !isUnset(value) && value !== false;
}

/** Whom the peer of an opening stands for: the stack's own workloads, and outsiders, as far as it can mean any. */
export function peersOf({ peer, policy }: Opening, directory: Directory, posture: Posture): readonly End[] {
    const [block, namespaces, pods] = ["ipBlock", "namespaceSelector", "podSelector"].map((key) => field(peer ?? { path: "", value: undefined }, key)) as [Field, Field, Field];
    if (peer === undefined || [block, namespaces, pods].every(({ value }) => isUnset(value))) {
        return [ANYBODY];
    }
    if (!isUnset(block.value)) {
        return [isUnset(namespaces.value) && isUnset(pods.value) ? addresses(block, posture) : stranger("addresses and labels at once")];
    }
    const own = isUnset(namespaces.value);
    const among = own ? [String(metadata(policy, "namespace"))] : directory.namespaces(namespaces);
    const inside = among.flatMap((namespace) => directory.within(namespace, pods)).map((holder) => endAt(holder, posture));
    const closed = own || among.includes(demandedBy(namespaces)[NAME_LABEL] ?? "");
    const outside = closed ? [] : [outsiders(namespaces, pods, posture)];
    return inside.length + outside.length === 0 ? [NOBODY_HERE] : [...inside, ...outside];
}

function addresses(block: Field, posture: Posture): End {
    const { cidr, except } = addressesOf(block);
    const within = Object.entries(posture.parties).filter(([, party]) => "cidr" in party && typeof cidr === "string" && isCovered(cidr, [party.cidr, ...except]));
    const [first, ...others] = except;
    const rest = first === undefined ? "" : ` without "${first}"${others.length === 0 ? "" : ` and ${String(others.length)} more`}`;
    return { ...partyOr(`addresses of ${describeName(cidr)}${rest}`, within), mayBePods: mayHoldPods(block, posture) };
}

function outsiders(namespaces: Field, pods: Field, posture: Posture): End {
    const demanding = Object.entries(posture.parties).filter(([, party]) => "podSelector" in party && demands(namespaces, party.namespaceSelector) && demands(pods, party.podSelector));
    return partyOr("pods that are no party of the posture", demanding);
}

function partyOr(otherwise: string, parties: readonly [string, unknown][]): End {
    const names = parties.map(([name]) => name);
    return names.length === 0 ? stranger(otherwise) : { sort: "party", name: names.join("/"), approvedAs: names };
}

/** Whether a connection leads from an evaluator to anything but the sandbox's services, which no posture can approve. */
export function leavesSandbox({ from, to }: { readonly from: End; readonly to: End }, posture: Posture): boolean {
    return from.approvedAs.some((name) => posture.services[name]?.role === "evaluator") && to.sort !== "service";
}
