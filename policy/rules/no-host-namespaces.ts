import { forEachContainer, forPod, type Container } from "../model/pod";
import { entries, field } from "../model/read";
import { demand, isEmpty, unsetOr } from "./kit/demand";
import { cis, POD_SECURITY_BASELINE } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

const SHARED = ["hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "hostUsers"];
const PROBES = [["livenessProbe"], ["readinessProbe"], ["startupProbe"], ["lifecycle", "postStart"], ["lifecycle", "preStop"]];
const TARGETS = ["httpGet", "tcpSocket"];

export const noHostNamespaces: ResourceRule = {
    scope: "resource",
    name: "no-host-namespaces",
    measures: ["network", "no-privilege-escalation"],
    severity: "critical",
    description: "Pods share no namespace, port or name table with the node or among their containers, and probes go to the pod itself.",
    rationale: "Pods on the node's network are outside every NetworkPolicy; a shared process namespace opens other containers; a probe with a host makes the kubelet call it.",
    remediation: "Remove the field; reach a service through its Service and an edge in the NetworkPolicies.",
    references: [POD_SECURITY_BASELINE, cis("5.2.3"), cis("5.2.4"), cis("5.2.5"), cis("5.2.13")],
    check: (resource) => [
        ...forPod(resource, ({ spec }) => [
            ...SHARED.flatMap((name) => demand(field(spec, name), "false or left out", unsetOr(false))),
            ...demand(field(spec, "hostAliases"), "left out", isEmpty),
        ]),
        ...forEachContainer(resource, (container) => [...hostPorts(container), ...hostsOfProbes(container)]),
    ],
};

function hostPorts(container: Container): Violation[] {
    return entries(field(container, "ports")).flatMap((port) => [
        ...demand(field(port, "hostPort"), "left out", unsetOr(0)),
        ...demand(field(port, "hostIP"), "left out", unsetOr("")),
    ]);
}

function hostsOfProbes(container: Container): Violation[] {
    return PROBES.flatMap((probe) => TARGETS.flatMap((target) => demand(field(container, ...probe, target, "host"), "left out", unsetOr(""))));
}
