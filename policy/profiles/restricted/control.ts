import { describe } from "../../model/message";
import { podsOf, type Container, type PodHolder } from "../../model/pod";
import { entries, field, members, type Field } from "../../model/read";
import type { Resource, Value } from "../../model/resource";
import { POD_SECURITY_RESTRICTED } from "../../rules/kit/references";
import type { Measure, Severity, Violation } from "../../model/violation";
import type { ResourceRule } from "../../rules/rule";

/** One field that a control restricts. */
export interface Restriction {
    /** The pod's spec, each container of any sort, both, or the pod's annotations whose keys begin with the path. */
    readonly of: "pod" | "containers" | "both" | "annotations";
    /** Keys below it; `*` stands for each entry of a list. */
    readonly path: readonly string[];
    readonly must: string;
    /** Whether the value will do, given the object that it stands in and the pod. */
    readonly holds: (value: Value, parent: Value, pod: PodHolder) => boolean;
    readonly words?: (value: Value) => string;
}

/** One control of the Pod Security Standards. */
export interface Control {
    /** The check's id in k8s.io/pod-security-admission, so that results compare. */
    readonly id: string;
    readonly measure: Measure;
    readonly severity: Severity;
    readonly description: string;
    readonly rationale: string;
    readonly remediation: string;
    readonly restrictions: readonly Restriction[];
    /** Pods that the control leaves alone: those of Windows, or those in a user namespace of their own. */
    readonly exempt?: (pod: PodHolder) => boolean;
}

/** Groups whose kinds the admission plugin looks into; a Job of another group is somebody else's. */
const WITH_PODS = /^kubernetes:(core|apps|batch)\/v1:/;

/** The control as a rule, so that it's judged and reported as all others are. */
export function ruleOf({ id, measure, severity, description, rationale, remediation, restrictions, exempt }: Control): ResourceRule {
    return {
        scope: "resource",
        name: id,
        measures: [measure],
        severity,
        description,
        rationale,
        remediation,
        references: [POD_SECURITY_RESTRICTED],
        check: (resource: Resource) => {
            const pod = WITH_PODS.test(resource.type) ? podsOf(resource) : undefined;
            return pod === undefined || exempt?.(pod) === true ? [] : restrictions.flatMap((restriction) => violations(restriction, pod));
        },
    };
}

function violations({ of, path, must, holds, words = describe }: Restriction, pod: PodHolder): Violation[] {
    if (of === "annotations") {
        const annotations = members(pod.annotations).filter(({ key }) => path.some((prefix) => key.startsWith(prefix)) || key === "?");
        return annotations.filter(({ value }) => !holds(value, undefined, pod)).map((annotation) => ({ path: annotation.path, is: words(annotation.value), must }));
    }
    const roots: readonly (Field | Container)[] = [...(of === "containers" ? [] : [pod.spec]), ...(of === "pod" ? [] : pod.containers)];
    return roots.flatMap((root) => reach(root, path)).filter(({ at, parent }) => !holds(at.value, parent, pod)).map(({ at }) => ({ path: at.path, is: words(at.value), must }));
}

/** All fields that a path leads to, each with the value that it stands in. */
function reach(root: Field, path: readonly string[]): { readonly at: Field; readonly parent: Value }[] {
    return path.reduce<{ readonly at: Field; readonly parent: Value }[]>(
        (found, key) => found.flatMap(({ at }) => (key === "*" ? entries(at) : [field(at, key)]).map((next) => ({ at: next, parent: at.value }))),
        [{ at: root, parent: undefined }],
    );
}
