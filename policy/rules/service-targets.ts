import { describeName } from "../model/message";
import { approvedPortsAt } from "../posture/network/approved";
import { directoryOf, type Directory } from "../model/network/directory";
import { endAt, type End } from "../posture/network/ends";
import { areAmong, portsIn, portsInWords } from "../model/network/ports";
import { invalidInLabels } from "../model/network/validity";
import { kindOfType } from "../model/pod";
import { entries, field, type Field, fieldOf, isUnset } from "../model/read";
import type { Resource } from "../model/resource";
import { metadata } from "../model/stack";
import type { Posture } from "../posture/posture";
import { kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { StackRule } from "./rule";

export const serviceTargets: StackRule = {
    scope: "stack",
    name: "service-targets",
    measures: ["network"],
    severity: "high",
    needs: "posture",
    description: "A Service leads to the pods of the workload that it is named after, on ports to which the stack's posture has an edge.",
    rationale: "Callers trust a Service's name: one that leads to other pods hands them code and answers that were meant for somebody else.",
    remediation: "Select the pods of the Deployment of the Service's own name, and point targetPort at a port that an approved edge leads to.",
    references: [kubernetes("concepts/services-networking/service/#defining-a-service")],
    check: (stack, posture) => {
        const [directory, approved] = [directoryOf(stack), approvedPortsAt(posture)];
        const services = stack.resources.filter(({ type, props }) => kindOfType(type) === "Service" || props["kind"] === "Service");
        return services.flatMap((service) => judge(service, directory, posture, approved).map((violation) => ({ resource: service, ...violation })));
    },
};

/** As many as a message names. There is more than one only where some are astray, so that the others need no words of their own. */
const NAMED = 10;

function someOf(names: readonly string[]): string {
    return names.length > NAMED ? `${names.slice(0, NAMED).join(", ")} and ${String(names.length - NAMED)} more` : names.join(", ");
}

type Approved = ReturnType<typeof approvedPortsAt>;

function judge(service: Resource, directory: Directory, posture: Posture, approved: Approved): Violation[] {
    const [name, spec] = [metadata(service, "name"), fieldOf(service.props, "spec")] as const;
    const selector = field(spec, "selector");
    const targets = directory.within(String(metadata(service, "namespace")), { path: selector.path, value: { matchLabels: selector.value } }).map((pods) => endAt(pods, posture));
    const astray = targets.filter(({ approvedAs }) => !approvedAs.some((own) => own === name));
    const is = astray.length > 0 ? `a selector of ${someOf(astray.map((target) => target.name))}` : "a selector of no workload of this stack";
    return [
        ...invalidInLabels(selector),
        ...(targets.length > 0 && astray.length === 0 ? [] : [{ path: selector.path, is, must: `of the pods of an approved service of its own name, ${describeName(name)}` }]),
        ...entries(field(spec, "ports")).flatMap((port) => targets.slice(0, NAMED).flatMap((target) => misdirected(port, target, approved(target.name)))),
    ];
}

/** A Service without a target port leads to the port that it has itself. */
function misdirected(port: Field, target: End, approved: ReadonlySet<string>): Violation[] {
    const [own, aimed] = [field(port, "port"), field(port, "targetPort")];
    const goal = isUnset(aimed.value) ? own : aimed;
    const aims = portsIn({ path: port.path, value: { protocol: field(port, "protocol").value, port: goal.value } }, target.pods);
    const wrong = aims.filter((ports) => !areAmong(ports, approved)).map(portsInWords);
    const must = approved.size === 0 ? "left out; there is no approved edge to it" : `one of ${[...approved].join(", ")}, to which there is an approved edge`;
    return [...wrong, ...(aims.length === 0 ? ["no port of that name and protocol"] : [])].map((ports) => ({ path: goal.path, is: `${ports} of ${target.name}`, must }));
}
