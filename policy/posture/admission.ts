import type { People, Posture } from "./posture";
import type { Value } from "../model/resource";

export const POLICY = "ValidatingAdmissionPolicy";
export const BINDING = "ValidatingAdmissionPolicyBinding";

/** Name of the ConfigMap, in the sandbox's namespace, that the policies take their parameters from. */
export const PARAMETERS = "admission";

/** The spec of an admission policy, and what the policy's binding says. */
export interface ApprovedPolicy {
    /** In the cluster. */
    readonly name: string;
    readonly spec: Readonly<Record<string, Value>>;
    readonly takesParameters: boolean;
}

const quoted = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join(", ");

/** In CEL: whether a request comes from one of them. */
function isOneOf({ users, groups }: People): string {
    return [
        ...(users.length === 0 ? [] : [`request.userInfo.username in [${quoted(users)}]`]),
        ...(groups.length === 0 ? [] : [`request.userInfo.?groups.orValue([]).exists(group, group in [${quoted(groups)}])`]),
    ].join(" || ") || "false";
}

/** What stands in a file of `postures/admission/` for what differs from stack to stack. */
function valuesOf({ namespace, loaderNamespace, priorityClass, admission: { deployers, previewers } }: Posture): Readonly<Record<string, string>> {
    const both = (key: keyof People): string[] => [...new Set([...deployers[key], ...previewers[key]])];
    return {
        "{namespace}": namespace,
        "{loaderNamespace}": loaderNamespace,
        "{priorityClass}": priorityClass,
        "{deployers}": isOneOf(deployers),
        "{previewers}": isOneOf({ users: both("users"), groups: both("groups") }),
    };
}

/** The approved admission policies of a stack, by name in the cluster. */
export function approvedPolicies(posture: Posture): ReadonlyMap<string, ApprovedPolicy> {
    const values = Object.entries(valuesOf(posture));
    return new Map(Object.entries(posture.admissionPolicies).map(([name, text]) => {
        const filled = values.reduce((inner, [place, value]) => inner.replaceAll(place, () => value), text);
        const spec = JSON.parse(filled) as ApprovedPolicy["spec"];
        const policy = { name: `${posture.namespace}-${name}`, spec, takesParameters: spec["paramKind"] !== undefined };
        return [policy.name, policy];
    }));
}
