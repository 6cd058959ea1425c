import { UNKNOWN } from "../../../policy/model/resource";
import { serviceType } from "../../../policy/rules/service-type";
import { clusterService } from "../fixtures";
import { change, judge } from "../harness";

judge(serviceType, {
    good: clusterService,
    passes: {
        "the default type": [["spec.type", undefined]],
        "names that are left empty": [["spec.externalName", ""], ["spec.loadBalancerIP", ""], ["spec.loadBalancerClass", ""]],
        "a type that is left empty": [["spec.type", ""]],
        "no address of its own": [["spec.clusterIP", "None"], ["spec.clusterIPs", ["None"]]],
        "no port on the nodes, said aloud": [["spec.ports[0].nodePort", 0]],
        "an empty address": [["spec.clusterIP", ""], ["spec.clusterIPs", []]],
        "affinity, and pods that aren't ready": [["spec.sessionAffinity", "ClientIP"], ["spec.publishNotReadyAddresses", true]],
    },
    blocks: {
        "a port of the nodes": ["spec.type", "NodePort"],
        "a load balancer": ["spec.type", "LoadBalancer"],
        "a name elsewhere": ["spec.type", "ExternalName"],
        "an unknown type": ["spec.type", UNKNOWN],
        "external addresses": ["spec.externalIPs", ["192.0.2.1"]],
        "an external name": ["spec.externalName", "example.org"],
        "a load balancer's address": ["spec.loadBalancerIP", "192.0.2.1"],
        "a load balancer's class": ["spec.loadBalancerClass", "example.org/lb"],
        "a load balancer's callers": ["spec.loadBalancerSourceRanges", ["192.0.2.0/24"]],
        "a port of the nodes to check health": ["spec.healthCheckNodePort", 30_000],
        "a label that is unknown": [`spec.selector["app.kubernetes.io/instance"]`, UNKNOWN],
        "a label that is a number": [`spec.selector["app.kubernetes.io/instance"]`, 1],
        "a selector that is a text": ["spec.selector", "evaluator-python"],
        "an address by hand": ["spec.clusterIP", "10.96.0.10"],
        "an unknown address": ["spec.clusterIP", UNKNOWN],
        "addresses by hand": ["spec.clusterIPs", ["None", "10.96.0.10"], "spec.clusterIPs[1]"],
        "unknown addresses": ["spec.clusterIPs", UNKNOWN, "spec.clusterIPs[?]"],
        "a port on the nodes": ["spec.ports[0].nodePort", 30_000],
        "an unknown port on the nodes": ["spec.ports[0].nodePort", UNKNOWN],
        "ports that are unknown": ["spec.ports", UNKNOWN, "spec.ports[?].nodePort"],
        "no selector": ["spec.selector", undefined],
        "an empty selector": ["spec.selector", {}],
    },
}, {
    good: change(clusterService, "kind", undefined),
    blocks: { "a port of the nodes, whatever its kind says": ["spec.type", "NodePort"] },
}, {
    good: { ...clusterService, type: "kubernetes:core/v1:ConfigMap" },
    blocks: { "a port of the nodes, whatever its type says": ["spec.type", "NodePort"] },
});
