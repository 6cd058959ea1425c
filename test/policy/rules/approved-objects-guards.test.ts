import { UNKNOWN, type Resource } from "../../../policy/model/resource";
import { approvedObjects } from "../../../policy/rules/approved-objects";
import * as fixtures from "../fixtures";
import { defaultDeny, goodPosture as posture, wayIn, wayOut } from "../good-stack";
import { change, judge, type Cases } from "../harness";

const IDENTITY = "its identity";
const [policy, binding] = [fixtures.admissionPolicies[1], fixtures.admissionBindings[1]] as [Resource, Resource];

judge(
    approvedObjects,
    ...[wayOut, wayIn].map((way): Cases => {
        const [rules, peers, types] = way === wayOut ? ["egress", "to", "Egress"] as const : ["ingress", "from", "Ingress"] as const;
        const other = rules === "egress" ? "ingress" : "egress";
        return {
            good: way,
            posture,
            passes: { "nothing opened": [[`spec.${rules}`, []]], "the port by number and word": [[`spec.${rules}[0].ports[0]`, { protocol: "TCP", port: 6927 }]] },
            blocks: {
                "a port more": [`spec.${rules}[0].ports[1]`, { port: 80, protocol: "TCP" }, `spec.${rules}[0].ports`],
                "all ports": [`spec.${rules}[0].ports`, undefined],
                "everybody": [`spec.${rules}[0].${peers}`, undefined],
                "somebody more": [`spec.${rules}[0].${peers}[1]`, { ipBlock: { cidr: "10.0.0.0/8" } }],
                "rules that aren't known": [`spec.${rules}`, UNKNOWN],
                "rules of the other direction that aren't known": [`spec.${other}`, UNKNOWN],
                "a part of a rule that isn't known": [`spec.${rules}[0].ports[0].endPort`, UNKNOWN, `spec.${rules}[0].ports`],
                "types that aren't known": ["spec.policyTypes", [types, UNKNOWN], "spec.policyTypes[1]"],
                "a label that a controller may take orders from": ["metadata.labels.x", "y"],
            },
        };
    }),
    {
        good: defaultDeny,
        posture,
        passes: { "its types in another order": [["spec.policyTypes", ["Egress", "Ingress"]]] },
        blocks: {
            "one direction": ["spec.policyTypes", ["Ingress"], "spec.policyTypes[1]"],
            "a direction twice": ["spec.policyTypes", ["Ingress", "Egress", "Egress"], "spec.policyTypes[2]"],
            "some pods only": ["spec.podSelector.matchLabels", { a: "b" }],
            "something opened": ["spec.egress", [{}]],
            "an unknown selector": ["spec.podSelector", UNKNOWN],
        },
    },
    {
        good: policy,
        posture,
        passes: { "one refusal more": [["spec.validations[2]", { expression: "false" }]] },
        blocks: {
            "failures ignored": ["spec.failurePolicy", "Ignore"],
            "one validation less": ["spec.validations[0]", { expression: "true" }, "spec.validations"],
            "no validations": ["spec.validations", undefined],
            "validations that aren't known": ["spec.validations", UNKNOWN],
            "a part of a validation that isn't known": ["spec.validations[0].messageExpression", UNKNOWN, "spec.validations"],
            "updates not judged": ["spec.matchConstraints.resourceRules[0].operations", ["CREATE"], "spec.matchConstraints.resourceRules[0].operations[1]"],
            "some objects only": ["spec.matchConstraints.objectSelector", { matchLabels: { a: "b" } }],
            "resources taken out": ["spec.matchConstraints.excludeResourceRules", []],
            "another deployer": ["spec.matchConditions[0].expression", "!(request.userInfo.username in ['deploy', 'eve'])"],
            "one condition more": ["spec.matchConditions[1]", { name: "never", expression: "false" }],
            "a variable of another meaning": ["spec.variables[0].expression", "[]"],
            "no parameters": ["spec.paramKind", undefined],
            "a name that none is approved for and a binding may name": ["metadata.name", "wikifunctions-pods", "spec.paramKind"],
        },
    },
    {
        good: binding,
        posture,
        passes: { "its actions in another order": [["spec.validationActions", ["Audit", "Deny"]]] },
        blocks: {
            "nothing denied": ["spec.validationActions", ["Audit"], "spec.validationActions[0]"],
            "warnings too": ["spec.validationActions", ["Deny", "Audit", "Warn"], "spec.validationActions[2]"],
            "actions that aren't known": ["spec.validationActions", UNKNOWN],
            "some requests only": ["spec.matchResources", { objectSelector: {} }],
            "another policy": ["spec.policyName", "wikifunctions-pods"],
            "other parameters": ["spec.paramRef.name", "loose"],
            "parameters by label": ["spec.paramRef.selector", {}],
            "everything let through without parameters": ["spec.paramRef.parameterNotFoundAction", "Allow"],
            "another name": ["metadata.name", "wikifunctions-other", IDENTITY],
        },
    },
    {
        good: fixtures.provider,
        posture,
        passes: { "its defaults, said aloud": [["skipUpdateUnreachable", "false"]], "another context, which another rule judges": [["context", "other"]] },
        blocks: {
            "client-side apply": ["enableServerSideApply", "false"],
            "a folder to write to": ["renderYamlToDirectory", "/tmp/out"],
            "another version": ["version", "4.0.0"],
            "what can't be reached given up": ["deleteUnreachable", "true"],
            "a setting that isn't known": ["enableConfigMapMutable", UNKNOWN],
            "a namespace of its own": ["namespace", "default"],
        },
    },
    { good: { ...change(fixtures.namespace, "metadata.name", "x"), type: "wikifunctions:index:Workload", name: "component, which makes nothing" }, posture, blocks: {} },
);
