import { isOnHostNetwork, leavesSandbox } from "../posture/network/ends";
import { approvedPorts } from "../posture/network/approved";
import { graphOf, MOST_CONNECTIONS, type Graph, type Half } from "../posture/network/graph";
import { networkPoliciesOf, policyName } from "../model/network/policy";
import { areAmong, portsInWords } from "../model/network/ports";
import { invalidInNamespace, invalidInPods, invalidInPolicy } from "../model/network/validity";
import { kindOfType } from "../model/pod";
import type { Stack } from "../model/stack";
import type { Posture } from "../posture/posture";
import { onFloor } from "./kit/demand";
import { cis, kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { StackRule } from "./rule";

export const networkEdges: StackRule = {
    scope: "stack",
    name: "network-edges",
    measures: ["network"],
    severity: "critical",
    needs: "posture",
    waivable: true,
    description: "NetworkPolicies open only the connections that the stack's posture names, and none from an evaluator to the outside.",
    rationale: "Policies add up: one that opens more than is approved lets user code call whatever it likes, or lets others call an evaluator.",
    remediation: "Narrow the policy to an approved peer and port. A new destination has to be approved as an edge of the stack's posture first.",
    references: [kubernetes("concepts/services-networking/network-policies/"), cis("5.3.2")],
    check: (stack, posture) => {
        const { open, halves, isWhole } = graphOf(stack, posture);
        const approved = approvedPorts(posture);
        return [...onFloor([...unreadable(stack), ...ambiguous(stack), ...open.map(unisolated), ...(isWhole ? [] : [TOO_MANY])]), ...halves.flatMap((half) => judge(half, posture, approved))];
    },
};

/** Everything that the graph is made from has to be readable. */
function unreadable(stack: Stack): Violation[] {
    return [
        ...networkPoliciesOf(stack).map((resource) => ({ resource, fields: invalidInPolicy(resource) })),
        ...stack.resources.filter(({ type }) => kindOfType(type) === "Namespace").map((resource) => ({ resource, fields: invalidInNamespace(resource) })),
        ...stack.pods.map((pods) => ({ resource: pods.resource, fields: invalidInPods(pods) })),
    ].flatMap(({ resource, fields }) => fields.map((field) => ({ resource, ...field })));
}

/** A policy that isn't all that will stand under its name can't be judged; of two of one name, unique-names refuses the second. */
function ambiguous(stack: Stack): Violation[] {
    return networkPoliciesOf(stack).filter(({ type }) => type.endsWith("Patch"))
        .map((resource) => ({ resource, path: "its type", is: "a patch, which says only a part of what will stand", must: "the whole policy" }));
}

function unisolated({ pods, direction }: Graph["open"][number]): Violation {
    const why = isOnHostNetwork(pods) ? "its pods are on the network of their node, outside every NetworkPolicy" : "no NetworkPolicy selects its pods for it";
    return { resource: pods.resource, path: `its ${direction}`, is: `open to everybody, as ${why}`, must: "denied by default" };
}

/** What isn't looked at isn't approved. */
const TOO_MANY: Violation = {
    path: "what its NetworkPolicies open",
    is: `more than ${MOST_CONNECTIONS.toLocaleString("en")} connections between two workloads, of which the others weren't looked at`,
    must: "fewer, by policies that select pods and peers by their labels",
};

function judge(half: Half, posture: Posture, approvedPortsOf: (edge: Half) => ReadonlySet<string>): Violation[] {
    const { from, to, ports, direction, by: { policy, peer, port, rule } } = half;
    const edge = `${from.name} to ${to.name} on ${portsInWords(ports)} (${direction} of policy ${policyName(policy)})`;
    const peerPath = peer?.path ?? rule.path;
    if (leavesSandbox(half, posture)) {
        return [{ resource: policy, path: peerPath, is: `a way out of the sandbox for ${edge}`, must: "inside the sandbox; no posture can approve anything else for an evaluator", floor: true }];
    }
    const approved = approvedPortsOf(half);
    if (areAmong(ports, approved)) {
        return [];
    }
    const [subject, other] = direction === "egress" ? [from, to] : [to, from];
    const path = subject.sort === "stranger" ? "spec.podSelector" : other.approvedAs.length === 0 || subject.approvedAs.length === 0 ? peerPath : (port?.path ?? `${rule.path}.ports`);
    const must = approved.size === 0 ? "closed; there is no approved edge between them" : `closed, or one of the approved ${[...approved].join(", ")}`;
    // Only an edge between those that the posture knows can be waived.
    const floor = from.approvedAs.length === 0 || to.approvedAs.length === 0;
    return [{ resource: policy, path, is: `an opening from ${edge}`, must, floor }];
}
