import { approvedPolicies, BINDING, PARAMETERS, POLICY, type ApprovedPolicy } from "../posture/admission";
import { isOfKind } from "../model/kinds";
import { describe, describeName } from "../model/message";
import { entries, field, isUnset, members, type Field } from "../model/read";
import type { Resource, Value } from "../model/resource";
import { metadata } from "../model/stack";
import type { Posture } from "../posture/posture";
import { demand } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";
import { exactly, object, same } from "./kit/shape";

const MUST = "as approved in policy/postures/admission";
/** Refusals beyond the approved ones, and words for the audit log, weaken nothing. */
const FREE = ["validations", "auditAnnotations"];

export const admissionPolicies: ResourceRule = {
    scope: "resource",
    name: "admission-policies",
    measures: ["admission"],
    severity: "critical",
    needs: "posture",
    description: "The admission policies are the approved ones: they judge the same requests, refuse as much, fail closed, and are bound to deny.",
    rationale: "They hold whoever goes past Pulumi with kubectl to what a preview would allow. One condition more, or one validation less, opens that way again.",
    remediation: "Put the policy back to its text in policy/postures/admission; a change of it, or of who deploys, is approved there and in the stack's posture first.",
    references: [kubernetes("reference/access-authn-authz/validating-admission-policy/")],
    check: (resource, posture) => {
        const [isPolicy, isBinding] = [POLICY, BINDING].map((kind) => isOfKind(resource, kind));
        if (isPolicy !== true && isBinding !== true) {
            return [];
        }
        const name = metadata(resource, "name");
        const all = approvedPolicies(posture);
        const approved = typeof name === "string" ? all.get(name) : undefined;
        const whole = { path: "", value: resource.props };
        if (approved === undefined) {
            return [{ path: "metadata.name", is: describeName(name), must: `one of ${[...all.keys()].join(", ")}` }];
        }
        return isPolicy === true ? judge(field(whole, "spec"), approved) : bound(resource, approved, posture);
    },
};

function judge(spec: Field, { spec: approved }: ApprovedPolicy): Violation[] {
    const given = expressionsIn(spec.value);
    const fixed = Object.entries(approved).filter(([key]) => !FREE.includes(key));
    return [
        ...fixed.flatMap(([key, value]) => same(value, MUST)(field(spec, key))),
        ...members(spec).filter(({ key, value }) => !Object.hasOwn(approved, key) && !FREE.includes(key) && !isUnset(value)).map(({ path, value }) => ({ path, is: describe(value), must: "left out" })),
        ...expressionsIn(approved).filter((expression) => !given.includes(expression)).map((expression) => ({ path: `${spec.path}.validations`, is: "without an approved one", must: `with ${String(expression)}` })),
    ];
}

/** What each validation of a policy's spec demands. */
function expressionsIn(spec: Value): Value[] {
    return entries(field({ path: "", value: spec }, "validations")).map((each) => field(each, "expression").value);
}

function bound({ props }: Resource, { name, takesParameters }: ApprovedPolicy, { namespace }: Posture): Violation[] {
    const spec = field({ path: "", value: props }, "spec");
    const shape = object({
        policyName: exactly(name),
        validationActions: (at) => demand(at, "Deny and Audit", (value) => Array.isArray(value) && value.length === 2 && value.includes("Deny") && value.includes("Audit")),
        ...(takesParameters ? { paramRef: object({ name: exactly(PARAMETERS), namespace: exactly(namespace), parameterNotFoundAction: exactly("Deny") }) } : {}),
    });
    return shape(spec);
}

