import type { Config } from "../config/schema";
import { COMMON_LABELS } from "../names";
import { anyOf, IS_WRITER, isUser, sameMetadata, WHAT, writersIn } from "./parts";
import { IS_NODE, isOneOf, notPreviews } from "./people";
import { listOf, policyOf, resources, type AdmissionPolicy, type Named, type Validation } from "./render";
import * as writers from "./writers";

const WRITES = ["CREATE", "UPDATE", "DELETE"];

type Who = Pick<Config, "namespace" | "apparmor" | "admission">;

const deployer = ({ admission: { deployers } }: Who): Named => ["deployer", isOneOf(deployers)];
const NAME: Named = ["name", "oldObject != null ? oldObject.metadata.name : object != null ? dyn(object).?metadata.?name.orValue('') : ''"];

/** The garbage collector also takes finalizers and owners off what is being deleted. */
const COLLECTS = `request.operation != 'CREATE' && ${isUser(writers.GARBAGE_COLLECTOR)}`;
const isMade = `variables.what in ${listOf(Object.keys(writers.MADE))} && request.operation != 'DELETE'`;

const MADE: Validation = [
    `!(${isMade}) || ${IS_WRITER} || (${COLLECTS})`,
    "only Kubernetes' own controllers make and change pods, ReplicaSets, revisions and endpoints, and only its scheduler binds pods to nodes: change what they are made of",
];

const WHOLE: readonly string[] = [
    "variables.part != ''",
    isMade,
    "variables.deployer",
    // Who may restart a pod is RBAC's to say: what comes back is judged again.
    "variables.what == 'pods'",
    IS_WRITER,
    COLLECTS,
    `request.operation == 'DELETE' && ${isUser(writers.NAMESPACE_CONTROLLER)}`,
    ...writers.EVERYWHERE.map(([resource, name, users]) => `variables.what == '${resource}' && variables.name == '${name}' && ${isUser(users)}`),
];

const PARTS: readonly string[] = [
    "variables.part == ''",
    IS_WRITER,
    `variables.what in ${listOf(writers.PARTS_BY_ANYBODY)}`,
    `variables.what in ${listOf(writers.PARTS_BY_DEPLOYERS)} && variables.deployer`,
    `variables.what in ${listOf(writers.PARTS_BY_NODES)} && ${IS_NODE}`,
    `variables.what in ${listOf(writers.PARTS_BY_NETWORK_PLUGINS)} && variables.plugin`,
];

const ours = (may: readonly string[]): Validation => [anyOf(may), "only the stack's deployers change what is in these namespaces, and the measures around them"];
const parts = (may: readonly string[]): Validation => [anyOf(may), "of an object's parts (status, scale, binding, token) each is written by those whose work it is, and any other by nobody"];

/** What is in the sandbox's namespace, and in the loader's, only deployers change, and Kubernetes' own controllers where that is their work. */
export function objectsPolicy(who: Who): AdmissionPolicy {
    const { namespace, apparmor, admission } = who;
    return policyOf({
        name: "objects",
        namespaces: [namespace, apparmor.namespace],
        // Without the scope, the selector of namespaces would let everything pass in that is in none.
        rules: [{ ...resources("*", WRITES, "*/*"), scope: "Namespaced" }],
        conditions: [
            notPreviews(admission),
            // They say what happened and change nothing.
            ["not-an-event", "request.resource.resource != 'events' || request.?subResource.orValue('') != ''"],
        ],
        variables: [...WHAT, NAME, deployer(who), ["plugin", isOneOf(admission.networkPlugins)], writersIn({ ...writers.MADE, ...writers.SHARED, ...writers.PARTS })],
        validations: [MADE, ours(WHOLE), parts(PARTS), sameMetadata("variables.plugin")],
    });
}

/** What is there already, or else what is to be. */
const SUBJECT = "dyn(oldObject != null ? oldObject : object)";
const SUBJECT_NAME = `${SUBJECT}.?metadata.?name.orValue('')`;

/** It would be "being deleted" for ever, if nobody took the garbage collector's finalizer off what a deployer has deleted. */
const COLLECTED = `request.operation == 'UPDATE' && oldObject.metadata.?deletionTimestamp.hasValue() && ${isUser(writers.GARBAGE_COLLECTOR)}`;

/** The same for what is in no namespace: the namespaces themselves with their labels, and the classes that pods ask for. */
export function clusterObjectsPolicy(who: Who, priorityClass: string): AdmissionPolicy {
    const { namespace, apparmor, admission } = who;
    const isOurs = [
        `request.resource.resource == 'namespaces' && ${SUBJECT_NAME} in ${listOf([namespace, apparmor.namespace])}`,
        `request.resource.resource == 'priorityclasses' && ${SUBJECT_NAME} == '${priorityClass}'`,
        `request.resource.resource == 'runtimeclasses' && ${Object.entries(COMMON_LABELS).map(([label, value]) => `${SUBJECT}.?metadata.?labels[?'${label}'].orValue('') == '${value}'`).join(" && ")}`,
    ];
    return policyOf({
        name: "cluster-objects",
        rules: [
            resources("", WRITES, "namespaces", "namespaces/*"),
            resources("scheduling.k8s.io", WRITES, "priorityclasses", "priorityclasses/*"),
            resources("node.k8s.io", WRITES, "runtimeclasses", "runtimeclasses/*"),
        ],
        conditions: [notPreviews(admission), ["one-of-the-stack", anyOf(isOurs)]],
        variables: [...WHAT, deployer(who), writersIn(writers.PARTS_OF_NAMESPACES)],
        validations: [ours(["variables.part != ''", "variables.deployer", COLLECTED]), parts(["variables.part == ''", IS_WRITER]), sameMetadata("false")],
    });
}
