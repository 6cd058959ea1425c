import { labelsIn } from "./labels";
import { entries, field, isUnset, type Field } from "./read";

/** Taints that the DaemonSet controller lets its pods tolerate by itself, whatever their template says. */
const DAEMON_TAINTS: readonly (readonly [key: string, effect: string])[] = [
    ["node.kubernetes.io/not-ready", "NoExecute"],
    ["node.kubernetes.io/unreachable", "NoExecute"],
    ["node.kubernetes.io/disk-pressure", "NoSchedule"],
    ["node.kubernetes.io/memory-pressure", "NoSchedule"],
    ["node.kubernetes.io/pid-pressure", "NoSchedule"],
    ["node.kubernetes.io/unschedulable", "NoSchedule"],
];

/** Whether every node that the pod may be put on has this label, by its nodeSelector or by every term of its node affinity. */
function demandsLabel(spec: Field, key: string, value: string): boolean {
    if (labelsIn(field(spec, "nodeSelector"))?.[key] === value) {
        return true;
    }
    const terms = entries(field(spec, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"));
    return terms.length > 0 && terms.every((term) => entries(field(term, "matchExpressions")).some((expression) => {
        const values = field(expression, "values").value;
        return field(expression, "key").value === key && field(expression, "operator").value === "In" && Array.isArray(values) && values.length === 1 && values[0] === value;
    }));
}

/** Labels that a DaemonSet asks of its nodes and the pod doesn't, so that the pod may be put where the DaemonSet isn't; undefined where they can't be read. */
export function labelsBeyond(daemon: Field, pod: Field): readonly string[] | undefined {
    const asked = labelsIn(field(daemon, "nodeSelector"));
    return asked === undefined ? undefined : Object.entries(asked).filter(([key, value]) => !demandsLabel(pod, key, value)).map(([key]) => key);
}

/** Whether a toleration stands for no fewer taints than the other, and for as long as the pod lives. */
function coversToleration(wide: Field, narrow: Field): boolean {
    const [mine, other] = [wide, narrow].map((toleration) => ["key", "operator", "value", "effect"].map((name) => field(toleration, name).value ?? ""));
    if (mine?.every((part) => typeof part === "string") !== true) {
        return false;
    }
    const [key = "", operator = "", value = "", effect = ""] = mine;
    const [otherKey, otherOperator, otherValue, otherEffect] = other ?? [];
    const sameKey = operator === "Exists" ? key === "" || key === otherKey : key !== "" && key === otherKey;
    const isEqual = (name: unknown) => name === "" || name === "Equal";
    const sameValue = operator === "Exists" || (isEqual(operator) && isEqual(otherOperator) && value === otherValue);
    return sameKey && sameValue && (effect === "" || effect === otherEffect) && isUnset(field(wide, "tolerationSeconds").value);
}

function isByDefault(toleration: Field): boolean {
    const [key, effect] = ["key", "effect"].map((name) => field(toleration, name).value);
    return effect === "PreferNoSchedule" || DAEMON_TAINTS.some(([ofDaemon, itsEffect]) => key === ofDaemon && effect === itsEffect);
}

/** Those of a pod's tolerations that a DaemonSet hasn't, so that the pod may be put where the DaemonSet isn't. */
export function tolerationsBeyond(daemon: Field, tolerations: readonly Field[]): readonly Field[] {
    const its = entries(field(daemon, "tolerations"));
    return tolerations.filter((toleration) => !isByDefault(toleration) && !its.some((wide) => coversToleration(wide, toleration)));
}
