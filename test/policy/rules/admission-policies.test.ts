import { admissionPolicies } from "../../../policy/rules/admission-policies";
import * as fixtures from "../fixtures";
import { judge } from "../harness";

const [pods, services] = fixtures.admissionPolicies;
const [podsBinding, servicesBinding] = fixtures.admissionBindings;
const FIRST = { expression: "size(variables.containers) == 1", message: "one container" };

if (pods === undefined || services === undefined || podsBinding === undefined || servicesBinding === undefined) {
    throw new Error("the fixtures have two policies and their bindings");
}

judge(
    admissionPolicies,
    {
        good: pods,
        passes: {
            "one refusal more": [["spec.validations[2]", { expression: "false" }]],
            "words for the audit log": [["spec.auditAnnotations", [{ key: "a", valueExpression: "'b'" }]]],
            "another message": [["spec.validations[0].message", "only one"]],
        },
        blocks: {
            "no spec": ["spec", undefined, "spec.failurePolicy"],
            "failures ignored": ["spec.failurePolicy", "Ignore"],
            "a failure policy left out": ["spec.failurePolicy", undefined],
            "no namespace to judge": ["spec.matchConstraints.namespaceSelector.matchLabels", { other: "label" }],
            "one namespace less": ["spec.matchConstraints.namespaceSelector.matchLabels[\"kubernetes.io/metadata.name\"]", "elsewhere"],
            "some objects only": ["spec.matchConstraints.objectSelector", { matchLabels: { a: "b" } }, "spec.matchConstraints"],
            "updates not judged": ["spec.matchConstraints.resourceRules[0].operations", ["CREATE"]],
            "resources taken out": ["spec.matchConstraints.excludeResourceRules", [], "spec.matchConstraints"],
            "resources taken out beside another change": ["spec.matchConstraints", { namespaceSelector: {}, resourceRules: [], excludeResourceRules: [] }],
            "constraints left out": ["spec.matchConstraints", undefined],
            "a list in an object's place": ["spec.matchConstraints", []],
            "an object in a list's place": ["spec.variables", {}],
            "a key that every object has": ["spec.constructor", "x"],
            "one condition more": ["spec.matchConditions[1]", { name: "never", expression: "false" }, "spec.matchConditions"],
            "another deployer": ["spec.matchConditions[0].expression", "!(request.userInfo.username in ['deploy', 'eve'])"],
            "a variable of another meaning": ["spec.variables[0].expression", "[]"],
            "no validations": ["spec.validations", undefined],
            "one validation less": ["spec.validations", [FIRST]],
            "a validation that always holds": ["spec.validations[1].expression", "true", "spec.validations"],
            "validations that nobody knows": ["spec.validations", "unreadable"],
            "parameters of its own": ["spec.paramKind", { apiVersion: "v1", kind: "ConfigMap" }],
            "a name that none is approved for": ["metadata.name", "wikifunctions-other"],
            "no name": ["metadata.name", undefined],
        },
    },
    { good: services, blocks: { "no parameters": ["spec.paramKind", undefined] } },
    {
        good: podsBinding,
        blocks: {
            "nothing denied": ["spec.validationActions", ["Audit"]],
            "nothing recorded": ["spec.validationActions", ["Deny"]],
            "warnings too, which no binding that denies may have": ["spec.validationActions", ["Deny", "Audit", "Warn"]],
            "one action twice": ["spec.validationActions", ["Deny", "Deny"]],
            "warnings only": ["spec.validationActions", ["Warn", "Audit"]],
            "no actions": ["spec.validationActions", undefined],
            "some requests only": ["spec.matchResources", { objectSelector: { matchLabels: { a: "b" } } }],
            "another policy": ["spec.policyName", "wikifunctions-services"],
            "parameters that its policy doesn't take": ["spec.paramRef", { name: "admission" }],
            "a name that none is approved for": ["metadata.name", "wikifunctions-other"],
        },
    },
    {
        good: servicesBinding,
        blocks: {
            "everything let through where there are no parameters": ["spec.paramRef.parameterNotFoundAction", "Allow"],
            "other parameters": ["spec.paramRef.name", "loose"],
            "parameters from elsewhere": ["spec.paramRef.namespace", "default"],
            "parameters by label": ["spec.paramRef.selector", {}],
            "no parameters": ["spec.paramRef", undefined, "spec.paramRef"],
        },
    },
);
