import type { Config } from "../config/schema";
import { COMMON_LABELS } from "../names";
import { notDeployers, notPreviews } from "./people";
import { listOf, policyOf, resources, type AdmissionPolicy, type Named, type Validation } from "./render";

const WRITES = ["CREATE", "UPDATE", "DELETE"];
const ACCOUNTS = "system:serviceaccount:kube-system:";

/** What Kubernetes' own controllers write in every namespace, by resource. They act under accounts of their own, or all under one. */
const WRITERS: Readonly<Record<string, readonly string[]>> = {
    pods: ["replicaset-controller", "daemon-set-controller"],
    replicasets: ["deployment-controller"],
    deployments: ["deployment-controller"],
    controllerrevisions: ["daemon-set-controller"],
    endpoints: ["endpoint-controller"],
    endpointslices: ["endpointslice-controller", "endpointslicemirroring-controller"],
};
/** Made in every namespace, whatever it is for. */
const EVERYWHERE = [["configmaps", "kube-root-ca.crt", "root-ca-cert-publisher"], ["serviceaccounts", "default", "service-account-controller"]] as const;
const TOGETHER = "system:kube-controller-manager";

/** Of what is left out there is nothing to be read. */
const PART: Named = ["part", "request.?subResource.orValue('')"];

const VARIABLES: readonly Named[] = [
    PART,
    ["name", "oldObject != null ? oldObject.metadata.name : object != null ? dyn(object).?metadata.?name.orValue('') : ''"],
    ["controller", `request.userInfo.username.startsWith('${ACCOUNTS}') ? request.userInfo.username.substring(${ACCOUNTS.length}) : ''`],
    ["writers", `{${Object.entries(WRITERS).map(([resource, writers]) => `'${resource}': ${listOf(writers)}`).join(", ")}}[?request.resource.resource].orValue([])`],
];

/** Of an object's status, controllers and kubelets may say what they like; its labels decide who a pod may talk to, and what its namespace admits. */
const STATUS = "variables.part in ['status', 'finalize'] && oldObject != null && object.metadata.?labels == oldObject.metadata.?labels";

const OBJECTS: readonly string[] = [
    STATUS,
    // Who may restart a pod, drain a node or place a pod, is RBAC's to say: what comes back is judged again.
    "request.resource.resource == 'pods' && (variables.part == 'eviction' || (variables.part == '' && request.operation == 'DELETE'))",
    "variables.part == 'binding' && request.userInfo.username == 'system:kube-scheduler'",
    `variables.part == '' && request.userInfo.username == '${TOGETHER}' && (size(variables.writers) > 0 || request.operation != 'CREATE')`,
    "variables.part == '' && variables.controller in variables.writers",
    "variables.part == '' && request.operation == 'DELETE' && variables.controller == 'namespace-controller'",
    // It also takes finalizers and owners off what is being deleted.
    "variables.part == '' && request.operation != 'CREATE' && variables.controller == 'generic-garbage-collector'",
    ...EVERYWHERE.map(([resource, name, writer]) => `variables.part == '' && request.resource.resource == '${resource}' && variables.name == '${name}' && (variables.controller == '${writer}' || request.userInfo.username == '${TOGETHER}')`),
];

/** The garbage collector takes its finalizer off what a deployer has deleted, and waits for what depends on it: else it would be "being deleted" for ever. */
const COLLECTED = `variables.part == '' && request.operation == 'UPDATE' && oldObject.metadata.?deletionTimestamp.hasValue() && request.userInfo.username in ${listOf([`${ACCOUNTS}generic-garbage-collector`, TOGETHER])}`;

/** What is there already, or else what is to be. */
const SUBJECT = "(oldObject != null ? oldObject : object)";

const ours = (may: readonly string[]): Validation => [may.map((each) => `(${each})`).join(" || "), "only the stack's deployers change what is in these namespaces, and the measures around them"];

/** What is in the sandbox's namespace, and in the loader's, only deployers change, and Kubernetes' own controllers where that is their work. */
export function objectsPolicy({ namespace, apparmor, admission }: Pick<Config, "namespace" | "apparmor" | "admission">): AdmissionPolicy {
    return policyOf({
        name: "objects",
        namespaces: [namespace, apparmor.namespace],
        // Without the scope, the selector of namespaces would let everything pass in that is in none.
        rules: [{ ...resources("*", WRITES, "*/*"), scope: "Namespaced" }],
        conditions: [
            notPreviews(admission),
            notDeployers(admission),
            // They say what happened and change nothing.
            ["not-an-event", "request.resource.resource != 'events'"],
        ],
        variables: VARIABLES,
        validations: [ours(OBJECTS)],
    });
}

/** The same for what is in no namespace: the namespaces themselves with their labels, and the classes that pods ask for. */
export function clusterObjectsPolicy({ namespace, apparmor, admission }: Pick<Config, "namespace" | "apparmor" | "admission">, priorityClass: string): AdmissionPolicy {
    const isOurs = [
        `request.resource.resource == 'namespaces' && ${SUBJECT}.metadata.?name.orValue('') in ${listOf([namespace, apparmor.namespace])}`,
        `request.resource.resource == 'priorityclasses' && ${SUBJECT}.metadata.?name.orValue('') == '${priorityClass}'`,
        `request.resource.resource == 'runtimeclasses' && ${Object.entries(COMMON_LABELS).map(([label, value]) => `${SUBJECT}.metadata.?labels[?'${label}'].orValue('') == '${value}'`).join(" && ")}`,
    ];
    return policyOf({
        name: "cluster-objects",
        rules: [
            resources("", WRITES, "namespaces", "namespaces/status", "namespaces/finalize"),
            resources("scheduling.k8s.io", WRITES, "priorityclasses"),
            resources("node.k8s.io", WRITES, "runtimeclasses"),
        ],
        conditions: [notPreviews(admission), notDeployers(admission), ["one-of-the-stack", isOurs.map((each) => `(${each})`).join(" || ")]],
        variables: [PART],
        validations: [ours([STATUS, COLLECTED])],
    });
}
