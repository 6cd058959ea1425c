import { isDeepStrictEqual } from "node:util";
import { approvedPolicies, BINDING, PARAMETERS, POLICY, type ApprovedPolicy } from "../model/admission";
import { isOfKind } from "../model/kinds";
import { describe, describeName } from "../model/message";
import { field, isObject, isUnset, members, type Field } from "../model/read";
import type { Resource, Value } from "../model/resource";
import { metadata } from "../model/stack";
import type { Posture } from "../postures/posture";
import { demand } from "./demand";
import { kubernetes } from "./references";
import type { ResourceRule, Violation } from "./rule";
import { exactly, object } from "./shape";

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
        if (typeof name !== "string" || approved === undefined) {
            return [{ path: "metadata.name", is: describeName(name), must: `one of ${[...all.keys()].join(", ")}` }];
        }
        return isPolicy === true ? judge(field(whole, "spec"), approved) : bound(resource, name, approved, posture);
    },
};

function judge(spec: Field, { spec: approved }: ApprovedPolicy): Violation[] {
    const fixed = Object.entries(approved).filter(([key]) => !FREE.includes(key));
    return [
        ...fixed.flatMap(([key, value]) => compare(field(spec, key), value)),
        ...members(spec).filter(({ key, value }) => !(key in approved) && !FREE.includes(key) && !isUnset(value)).map(({ path, value }) => ({ path, is: describe(value), must: "left out" })),
        ...validations(field(spec, "validations"), approved["validations"] as readonly { readonly expression: string }[]),
    ];
}

/** The innermost place at which they differ. */
function compare(at: Field, approved: unknown): Violation[] {
    if (isDeepStrictEqual(at.value, approved)) {
        return [];
    }
    const inner = Array.isArray(approved) && Array.isArray(at.value) && approved.length === at.value.length
        ? approved.flatMap((value, index) => compare(field(at, index), value))
        : isRecord(approved) && isObject(at.value) && Object.keys(at.value).every((key) => key in approved)
            ? Object.entries(approved).flatMap(([key, value]) => compare(field(at, key), value))
            : [];
    return inner.length > 0 ? inner : [{ path: at.path, is: describe(at.value), must: typeof approved === "string" ? `${MUST}: ${approved}` : MUST }];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Each approved validation is there, word for word. */
function validations(at: Field, approved: readonly { readonly expression: string }[]): Violation[] {
    const given = Array.isArray(at.value) ? at.value.map((each: Value) => field({ path: "", value: each }, "expression").value) : [];
    return approved.filter(({ expression }) => !given.includes(expression)).map(({ expression }) => ({ path: at.path, is: "without an approved one", must: `with ${expression}` }));
}

function bound({ props }: Resource, name: string, { takesParameters }: ApprovedPolicy, { namespace }: Posture): Violation[] {
    const spec = field({ path: "", value: props }, "spec");
    const shape = object({
        policyName: exactly(name),
        validationActions: (at) => demand(at, "Deny and Audit", (value) => Array.isArray(value) && value.length === 2 && value.includes("Deny") && value.includes("Audit")),
        ...(takesParameters ? { paramRef: object({ name: exactly(PARAMETERS), namespace: exactly(namespace), parameterNotFoundAction: exactly("Deny") }) } : {}),
    });
    return shape(spec);
}

