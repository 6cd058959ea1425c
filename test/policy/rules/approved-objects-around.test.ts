import { UNKNOWN } from "../../../policy/model/resource";
import { approvedObjects } from "../../../policy/rules/approved-objects";
import * as fixtures from "../fixtures";
import { goodPosture as posture } from "../good-stack";
import { judge } from "../harness";

const IDENTITY = "its identity";
const LEVEL = 'metadata.labels["pod-security.kubernetes.io/enforce"]';

judge(
    approvedObjects,
    {
        good: fixtures.namespace,
        posture,
        passes: { "a version, which another rule judges": [[LEVEL.replace('enforce"', 'enforce-version"'), "v1.35"]] },
        blocks: {
            "a namespace of its own, which it has none of": ["metadata.namespace", "default"],
            "another level": [LEVEL, "baseline"],
            "no level": [LEVEL, undefined],
            "a label that others select by": ["metadata.labels.istio-injection", "enabled"],
            "another annotation": ['metadata.annotations["scheduler.alpha.kubernetes.io/node-selector"]', "pool=gpu"],
            "a finalizer": ["spec", { finalizers: ["kubernetes"] }, "spec.finalizers"],
            "another name": ["metadata.name", "default", IDENTITY],
        },
    },
    {
        good: fixtures.serviceAccount,
        posture,
        blocks: {
            "a token": ["automountServiceAccountToken", true],
            "a token by default": ["automountServiceAccountToken", undefined],
            "a secret": ["secrets", [{ name: "x" }]],
            "a registry's secret": ["imagePullSecrets", [{ name: "x" }]],
            "a role in the cloud": ['metadata.annotations["eks.amazonaws.com/role-arn"]', "x"],
            "another account": ["metadata.name", "default", IDENTITY],
        },
    },
    {
        good: fixtures.clusterService,
        posture,
        passes: { "its type by default": [["spec.type", undefined]], "no address": [["spec.clusterIP", "None"]], "what Kubernetes takes by default": [["spec.sessionAffinity", "None"], ["spec.internalTrafficPolicy", "Cluster"]], "traffic that stays": [["spec.internalTrafficPolicy", "Local"]] },
        blocks: {
            "a port of the node": ["spec.type", "NodePort"],
            "an unknown type": ["spec.type", UNKNOWN],
            "addresses of its own": ["spec.externalIPs", ["10.0.0.1"]],
            "a name elsewhere": ["spec.externalName", "example.org"],
            "other pods": ['spec.selector["app.kubernetes.io/instance"]', "orchestrator"],
            "no selector": ["spec.selector", undefined],
            "another port": ["spec.ports[0].port", 80, "spec.ports"],
            "a port more": ["spec.ports[1]", { port: 9229 }, "spec.ports"],
            "pods that aren't ready": ["spec.publishNotReadyAddresses", true],
            "a load balancer's class": ["spec.loadBalancerClass", "x"],
            "addresses of both families": ["spec.ipFamilyPolicy", "PreferDualStack"],
            "an annotation of the cloud": ['metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-type"]', "nlb"],
            "another name": ["metadata.name", "python", IDENTITY],
        },
    },
);
