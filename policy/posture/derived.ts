import { groupBy } from "../model/group";
import type { Ports } from "../model/network/ports";
import { portsInWords } from "../model/network/ports";
import { field } from "../model/read";
import type { Resource } from "../model/resource";
import { stackOf } from "../model/stack";
import { graphOf, type Half } from "./network/graph";
import type { Edge, Posture, PostureFile, Service } from "./posture";

const COMPONENT = "app.kubernetes.io/component";
/** Longer ranges are not written out port by port, and so are approved as a whole or not at all. */
const MOST_PORTS = 32;

/** What follows from the approved objects: which services there are, and what may reach what. */
export function derivedFrom(objects: readonly Resource[], file: Omit<PostureFile, "$schema" | "waivers">): Pick<Posture, "services" | "edges"> {
    const stack = stackOf(objects);
    const services = Object.fromEntries(stack.pods.flatMap(({ kind, name, namespace, labels }) => {
        const role = field(labels, COMPONENT).value;
        const isService = kind === "Deployment" && namespace === file.namespace && typeof name === "string" && (role === "orchestrator" || role === "evaluator");
        return isService ? [[name, serviceOf(role, file.minRuntimeClasses[name])] as const] : [];
    }));
    const { halves } = graphOf(stack, { ...file, objects, services, edges: [], waivers: [], surroundings: {} });
    return { services, edges: edgesOf(halves) };
}

function serviceOf(role: Service["role"], minRuntimeClass: string | undefined): Service {
    return { role, ...(minRuntimeClass === undefined ? {} : { minRuntimeClass }) };
}

/** Connections between those that have a name here; with anybody else, none is approved. */
function edgesOf(halves: readonly Half[]): Edge[] {
    const links = halves.flatMap(({ from, to, ports }) => from.approvedAs.flatMap((start) => to.approvedAs.flatMap((end) => portsOf(ports).map((port) => ({ from: start, to: end, port })))));
    return [...groupBy(links, ({ from, to }) => [`${from} ${to}`]).values()].flatMap((same) => {
        const [first] = same;
        return first === undefined ? [] : [{ from: first.from, to: first.to, ports: [...new Set(same.map(({ port }) => port))] }];
    });
}

function portsOf(ports: Ports): string[] {
    const { protocol, first, last } = ports;
    return protocol === undefined || last - first >= MOST_PORTS ? [portsInWords(ports)] : Array.from({ length: last - first + 1 }, (_, step) => `${protocol}/${String(first + step)}`);
}
