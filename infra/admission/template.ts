import { resources, type Named } from "./render";

const WRITES = ["CREATE", "UPDATE"];

/** Everything that holds a pod, or will make one. */
export const POD_HOLDERS = [
    resources("", WRITES, "pods", "pods/ephemeralcontainers", "pods/resize", "podtemplates", "replicationcontrollers"),
    resources("apps", WRITES, "deployments", "replicasets", "statefulsets", "daemonsets"),
    resources("batch", WRITES, "jobs", "cronjobs"),
];

/** The pod in an object, wherever its kind has it. */
function podIn(object: string): string {
    const places = [["Pod", ""], ["PodTemplate", ".template"], ["CronJob", ".spec.jobTemplate.spec.template"]] as const;
    return `(${places.map(([kind, path]) => `request.kind.kind == '${kind}' ? dyn(${object})${path} : `).join("")}dyn(${object}).spec.template)`;
}

/** What the expressions of pods read. */
export const POD: readonly Named[] = [
    ["pod", podIn("object")],
    ["spec", "variables.pod.spec"],
    ["containers", "variables.spec.containers"],
];

/** The security context of a container, in an expression of {@link eachContainer}. */
export const CONTEXT = "container.?securityContext";

/** Whether something holds for every container. @param expression says it of `container` */
export const eachContainer = (expression: string): string => `variables.containers.all(container, ${expression})`;

/**
 * A pod that is there already is not judged again: with another profile or image in the stack, controllers still scale the old
 * ReplicaSet down, and finish its pods.
 */
export const CHANGED: Named = [
    "a-pod-that-changes",
    `oldObject == null || ${podIn("object")}.spec != ${podIn("oldObject")}.spec || ${podIn("object")}.?metadata.?labels != ${podIn("oldObject")}.?metadata.?labels`,
];
