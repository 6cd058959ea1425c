import { openingsOf, policyName, type Opening } from "../model/network";
import { peersOf, portsOf, subjectsOf, type Peer } from "../model/reach";
import type { Stack } from "../model/stack";
import type { Posture } from "../postures/posture";
import { cis, kubernetes } from "./references";
import type { StackRule, Violation } from "./rule";

export const networkEdges: StackRule = {
    scope: "stack",
    name: "network-edges",
    measures: ["network"],
    severity: "critical",
    waivable: true,
    description: "NetworkPolicies open only the connections that the stack's posture names, and none from an evaluator to the outside.",
    rationale: "Policies add up: one that opens more than is approved lets user code call whatever it likes, or lets others call an evaluator.",
    remediation: "Narrow the policy to an approved peer and port. A new destination has to be approved as an edge of the stack's posture first.",
    references: [kubernetes("concepts/services-networking/network-policies/"), cis("5.3.2")],
    check: (stack, posture) => stack.ofKind("NetworkPolicy").flatMap((policy) => openingsOf(policy).flatMap((opening) => judge(stack, posture, opening))),
};

function judge(stack: Stack, posture: Posture, opening: Opening): Violation[] {
    const { policy, direction, peer, ports, rule } = opening;
    const subjects = subjectsOf(stack, opening);
    const peers = peersOf(stack, posture, opening);
    const at = peer?.path ?? rule.path;
    const wrong = (path: string, is: string, must: string, floor = true): Violation[] => [{ resource: policy, path, is: `${is} (${direction} of policy ${policyName(policy)})`, must, floor }];
    if (subjects === undefined || subjects.length === 0) {
        return wrong("spec.podSelector", subjects === undefined ? "not readable" : "a selector of no workload of this stack", "a selector of workloads in the stack");
    }
    if (peers === undefined || peers.length === 0) {
        return wrong(at, peer === undefined ? "open to everybody" : "open to a peer that is neither a workload of this stack nor a party of its posture", "an approved peer");
    }
    if (ports.length === 0) {
        return wrong(`${rule.path}.ports`, "not set, which opens every port", "the approved ports");
    }
    const pairs = subjects.flatMap((subject) => peers.map((other) => (direction === "egress" ? { from: [subject], to: other } : { from: other, to: [subject] })));
    const outward = pairs.filter(({ from, to }) => from.some((name) => posture.services[name]?.role === "evaluator") && !to.every((name) => Object.hasOwn(posture.services, name)));
    if (outward.length > 0) {
        return wrong(at, `a way out of the sandbox for ${outward.map(({ from }) => from.join("/")).join(", ")}`, "inside the sandbox; no posture can approve anything else for an evaluator");
    }
    return ports.flatMap((port) => {
        const numbers = portsOf(stack, port, pairs.flatMap(({ to }) => to));
        return numbers === undefined
            ? wrong(port.path, "a port that can't be read", "an approved port by its number")
            : pairs.flatMap((pair) => {
                const approved = approvedPorts(posture, pair);
                const extra = numbers.filter((number) => !approved.includes(number));
                const is = `an opening from ${pair.from.join("/")} to ${pair.to.join("/")} on ${summary(extra)}`;
                return extra.length === 0 ? [] : wrong(port.path, is, approved.length === 0 ? "closed; there is no approved edge between them" : `only ${approved.join(", ")}`, false);
            });
    });
}

function approvedPorts(posture: Posture, { from, to }: { readonly from: Peer; readonly to: Peer }): string[] {
    return posture.edges.filter((edge) => from.includes(edge.from) && to.includes(edge.to)).flatMap((edge) => edge.ports);
}

/** A range may be long. */
function summary(ports: readonly string[]): string {
    return ports.length < 4 ? ports.join(", ") : `${ports.at(0) ?? ""} to ${ports.at(-1) ?? ""}`;
}
