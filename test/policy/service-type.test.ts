import { UNKNOWN } from "../../policy/model/resource";
import { serviceType } from "../../policy/rules/service-type";
import { clusterService } from "./fixtures";
import { judge } from "./harness";

judge(serviceType, {
    good: clusterService,
    passes: { "the default type": [["spec.type", undefined]] },
    blocks: {
        "a port of the nodes": ["spec.type", "NodePort"],
        "a load balancer": ["spec.type", "LoadBalancer"],
        "a name elsewhere": ["spec.type", "ExternalName"],
        "an unknown type": ["spec.type", UNKNOWN],
        "external addresses": ["spec.externalIPs", ["192.0.2.1"]],
        "an external name": ["spec.externalName", "example.org"],
        "no selector": ["spec.selector", undefined],
        "an empty selector": ["spec.selector", {}],
    },
}, {
    good: { ...clusterService, type: "kubernetes:core/v1:ConfigMap" },
    blocks: { "a port of the nodes, whatever its type says": ["spec.type", "NodePort"] },
});
