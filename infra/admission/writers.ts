/** Accounts of Kubernetes' own controllers. */
const ACCOUNTS = "system:serviceaccount:kube-system:";
/** Under which all of them act in clusters where none has an account of its own. */
const TOGETHER = "system:kube-controller-manager";
const SCHEDULER = "system:kube-scheduler";
/** The API server itself: it counts what a quota and a disruption budget leave. */
const API_SERVER = "system:apiserver";

const controllers = (...names: readonly string[]): readonly string[] => [...names.map((name) => `${ACCOUNTS}${name}`), TOGETHER];

export const GARBAGE_COLLECTOR = controllers("generic-garbage-collector");
export const NAMESPACE_CONTROLLER = controllers("namespace-controller");

/** What Kubernetes itself makes out of what is deployed, and who does: nobody else makes or changes it, no deployer either. */
export const MADE: Readonly<Record<string, readonly string[]>> = {
    pods: controllers("replicaset-controller", "daemon-set-controller"),
    replicasets: controllers("deployment-controller"),
    controllerrevisions: controllers("daemon-set-controller"),
    endpoints: controllers("endpoint-controller"),
    endpointslices: controllers("endpointslice-controller", "endpointslicemirroring-controller"),
    // The older way to say pods/binding.
    bindings: [SCHEDULER],
};

/** Of what deployers deploy, what controllers write too: which revision a Deployment is at. */
export const SHARED: Readonly<Record<string, readonly string[]>> = { deployments: controllers("deployment-controller") };

/** Made in every namespace, whatever it is for: resource, name, by whom. */
export const EVERYWHERE: readonly (readonly [resource: string, name: string, writers: readonly string[]])[] = [
    ["configmaps", "kube-root-ca.crt", controllers("root-ca-cert-publisher")],
    ["serviceaccounts", "default", controllers("service-account-controller")],
];

/**
 * Who writes a part of an object, such as its status. A part that isn't here, or in one of the next lists, nobody writes: so no token of an
 * account is given out, and what Kubernetes adds one day is refused until somebody has thought about it.
 */
export const PARTS: Readonly<Record<string, readonly string[]>> = {
    "pods/status": [SCHEDULER, ...controllers("node-controller", "taint-eviction-controller", "pod-garbage-collector", "disruption-controller")],
    "pods/binding": [SCHEDULER],
    "deployments/status": controllers("deployment-controller"),
    "replicasets/status": controllers("replicaset-controller"),
    "daemonsets/status": controllers("daemon-set-controller"),
    "resourcequotas/status": [API_SERVER, ...controllers("resourcequota-controller")],
    "poddisruptionbudgets/status": [API_SERVER, ...controllers("disruption-controller")],
};
export const PARTS_BY_NODES = ["pods/status"] as const;
/** A network plugin notes a pod's addresses in its annotations. */
export const PARTS_BY_NETWORK_PLUGINS = ["pods/status"] as const;
/** Within the bounds that the other policies set. */
export const PARTS_BY_DEPLOYERS = ["deployments/scale", "pods/resize"] as const;
/** Who may drain a node is RBAC's to say, as who may delete a pod: what comes back is judged again. */
export const PARTS_BY_ANYBODY = ["pods/eviction"] as const;

/** The same for the namespaces themselves. */
export const PARTS_OF_NAMESPACES: Readonly<Record<string, readonly string[]>> = {
    "namespaces/status": NAMESPACE_CONTROLLER,
    "namespaces/finalize": NAMESPACE_CONTROLLER,
};
