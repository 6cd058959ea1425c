import { describeName } from "../model/message";
import { kindOfType } from "../model/pod";
import { entries, field, fieldOf, isObject, members } from "../model/read";
import { demand, isEmpty, oneOf, unsetOr } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const serviceType: ResourceRule = {
    scope: "resource",
    name: "service-type",
    measures: ["network"],
    severity: "high",
    description: "Services are reachable within the cluster only, and lead to the sandbox's own pods.",
    rationale: "A node port, load balancer or external address opens the service past the gateways; a Service without a selector can be pointed anywhere.",
    remediation: "Use type ClusterIP with a selector, and remove externalIPs, externalName and the load balancer's fields.",
    references: [kubernetes("concepts/services-networking/service/#publishing-services-service-types")],
    check: (resource) => {
        if (kindOfType(resource.type) !== "Service" && resource.props["kind"] !== "Service") {
            return [];
        }
        const spec = fieldOf(resource.props, "spec");
        // An empty text and a port of 0 are read as left out. None of these is a secret: Kubernetes shows them to everybody.
        return [
            ...demand(field(spec, "type"), "ClusterIP or left out", unsetOr("", "ClusterIP"), describeName),
            ...["externalIPs", "loadBalancerSourceRanges"].flatMap((name) => demand(field(spec, name), "left out", isEmpty)),
            ...["externalName", "loadBalancerIP", "loadBalancerClass"].flatMap((name) => demand(field(spec, name), "left out", unsetOr(""), describeName)),
            ...demand(field(spec, "healthCheckNodePort"), "left out", unsetOr(0)),
            // "None" hands out the pods' own addresses; an address chosen by hand may be one that others rely on.
            ...demand(field(spec, "clusterIP"), "left out, or None", unsetOr("", "None"), describeName),
            ...entries(field(spec, "clusterIPs")).flatMap((address) => demand(address, "None", oneOf("None"), describeName)),
            ...entries(field(spec, "ports")).flatMap((port) => demand(field(port, "nodePort"), "left out", unsetOr(0))),
            ...members(field(spec, "selector")).flatMap((label) => demand(label, "a text", (value) => typeof value === "string")),
            ...demand(field(spec, "selector"), "an object with the labels of the pods", (selector) => isObject(selector) && !isEmpty(selector), describeName),
        ];
    },
};
