import type { types } from "@pulumi/kubernetes";

type Spec = types.input.admissionregistration.v1.ValidatingAdmissionPolicySpec;
type Plain<Value> = { readonly [Key in keyof Value]: Exclude<Value[Key], PromiseLike<unknown>> };

/** A ValidatingAdmissionPolicy, of which the name says what it judges: the cluster's name for it has the sandbox's namespace before it. */
export interface AdmissionPolicy {
    readonly name: string;
    readonly spec: Plain<Spec>;
}

/** A condition that an object has to meet, in CEL, and what its author is told where it doesn't. */
export type Validation = readonly [expression: string, must: string];

/** Something in CEL, by its name: other expressions say `variables.name`. */
export type Named = readonly [name: string, expression: string];

export interface PolicyArgs {
    readonly name: string;
    /** Namespaces whose objects are judged; undefined for objects that are in none. */
    readonly namespaces?: readonly string[];
    readonly rules: readonly types.input.admissionregistration.v1.NamedRuleWithOperations[];
    /** Which of the requests are judged: all of these have to hold. */
    readonly conditions?: readonly Named[];
    readonly variables?: readonly Named[];
    readonly validations: readonly Validation[];
    /** Whether expressions read `params`, the ConfigMap of what the stack deploys. */
    readonly takesParameters?: boolean;
}

/** Refuses what doesn't meet the validations, and what they can't be decided on. */
export function policyOf({ name, namespaces, rules, conditions = [], variables = [], validations, takesParameters = false }: PolicyArgs): AdmissionPolicy {
    const named = (all: readonly Named[]) => all.map(([key, expression]) => ({ name: key, expression }));
    return {
        name,
        spec: {
            failurePolicy: "Fail",
            ...(takesParameters ? { paramKind: { apiVersion: "v1", kind: "ConfigMap" } } : {}),
            matchConstraints: {
                matchPolicy: "Equivalent",
                namespaceSelector: namespaces === undefined ? {} : { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: [...namespaces] }] },
                objectSelector: {},
                resourceRules: [...rules],
            },
            ...(conditions.length === 0 ? {} : { matchConditions: named(conditions) }),
            ...(variables.length === 0 ? {} : { variables: named(variables) }),
            validations: validations.map(([expression, must]) => ({ expression, message: must, reason: "Forbidden" })),
        },
    };
}

/** A list of texts in CEL. Names here have no quotes and no backslashes. */
export function listOf(texts: readonly string[]): string {
    return `[${texts.map((text) => `'${text}'`).join(", ")}]`;
}

/** Resources of one API group, in whatever version. */
export function resources(group: string, operations: readonly string[], ...names: readonly string[]): types.input.admissionregistration.v1.NamedRuleWithOperations {
    return { apiGroups: [group], apiVersions: ["*"], operations: [...operations], resources: [...names], scope: "*" };
}

/** Everything of a map or a message is in the list: what nobody has thought of is refused. */
export function onlyKeys(of: string, ...known: readonly string[]): string {
    return `dyn(${of}).all(key, key in ${listOf(known)})`;
}
