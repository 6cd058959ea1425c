import type { Outsider } from "../config/peer";
import type { Config } from "../config/schema";
import { evaluatorsOf } from "../config/demand";
import { evaluatorName, ORCHESTRATOR, PORTS, selectorOf, type Labels } from "../names";

export interface Port {
    readonly port: number;
    readonly protocol: "TCP" | "UDP";
}

/** One of our workloads, or somebody else. Both always select somebody: Kubernetes reads "no selector" as "everyone". */
export type Party =
    | { readonly name: string; readonly labels: Labels }
    | { readonly name: string; readonly peer: Outsider };

/** A connection that may be opened. What is not an edge is denied. */
export interface Edge {
    readonly from: Party;
    readonly to: Party;
    /** At least one: a rule without ports would open all of them. */
    readonly ports: readonly [Port, ...Port[]];
}

const tcp = (port: number): Port => ({ port, protocol: "TCP" });
const workload = (name: string): Party => ({ name, labels: selectorOf(name) });
const orchestrator = workload(ORCHESTRATOR);

function metricsEdges({ scraper }: Config, evaluators: readonly Party[]): Edge[] {
    if (scraper === undefined) {
        return [];
    }
    const from = { name: "scraper", peer: scraper };
    return [
        { from, to: orchestrator, ports: [tcp(PORTS.orchestrator.metrics)] },
        ...evaluators.map((to): Edge => ({ from, to, ports: [tcp(PORTS.evaluator.metrics)] })),
    ];
}

/** Every connection of the stack, in the order: to the orchestrator, from it, back to it, metrics. Evaluators reach nothing else, not even a resolver. */
export function edges(config: Config): Edge[] {
    const evaluators = evaluatorsOf(config).map(({ language, config: { reentrance } }) => ({ party: workload(evaluatorName(language)), reentrance }));
    const dns = { name: "dns", peer: config.dns };
    return [
        ...Object.entries(config.callers).map(([name, peer]): Edge => ({ from: { name, peer }, to: orchestrator, ports: [tcp(PORTS.orchestrator.http)] })),
        ...evaluators.map(({ party }): Edge => ({ from: orchestrator, to: party, ports: [tcp(PORTS.evaluator.http)] })),
        ...Object.entries(config.gateways).map(([name, { peer, port }]): Edge => ({ from: orchestrator, to: { name, peer }, ports: [tcp(port)] })),
        // TCP as well: an answer too long for a datagram is asked for again over TCP.
        { from: orchestrator, to: dns, ports: [{ port: config.dns.port, protocol: "UDP" }, tcp(config.dns.port)] },
        ...evaluators.filter(({ reentrance }) => reentrance).map(({ party }): Edge => ({ from: party, to: orchestrator, ports: [tcp(PORTS.orchestrator.callback)] })),
        ...metricsEdges(config, evaluators.map(({ party }) => party)),
    ];
}
