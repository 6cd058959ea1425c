import { isDeepStrictEqual } from "node:util";
import { isObject } from "../../model/read";
import type { Value } from "../../model/resource";
import { annotation, description, label } from "./words";
import { opens, profiles, validations } from "./semantic";
import * as order from "./orders";
import type { Order } from "./verdict";

/** Where values may differ from the approved one, how, and why nothing is relaxed by it. */
export interface Entry {
    /** Kinds of objects, `*` for each. */
    readonly kinds: readonly string[];
    /** `*` stands for any one key. Lists of things that have names go by these instead of numbers: `containers.evaluator.env.PATH`. */
    readonly paths: readonly string[];
    readonly order: Order;
    /** One sentence. */
    readonly why: string;
}

const ALL = ["*"];
const SERVICES = ["Deployment"];
const PODS = ["Deployment", "DaemonSet"];
const POD = "spec.template.spec";
const CONTAINER = `${POD}.containers.*`;
const APPARMOR = '["container.apparmor.security.beta.kubernetes.io/*"]';

const inContainer = (...paths: readonly string[]): string[] => paths.map((path) => `${CONTAINER}.${path}`);
const inPod = (...paths: readonly string[]): string[] => paths.map((path) => `${POD}.${path}`);
const probes = (...paths: readonly string[]): string[] => ["livenessProbe", "readinessProbe", "startupProbe"].flatMap((probe) => inContainer(...paths.map((path) => `${probe}.${path}`)));

/** What both the container and its pod may say; the container's word counts. */
export const INHERITED = ["runAsUser", "runAsGroup", "runAsNonRoot", "seccompProfile", "appArmorProfile", "seLinuxOptions"];
/** Variables that bound what one call of user code may have. */
const BOUNDS = ["ORCHESTRATOR_TIMEOUT_MS", "FUNCTION_EVALUATOR_TIMEOUT_MS", "EXECUTOR_PROCESS_POOL_SIZE", "WASMTIME_MEMORY_PAGES", "WASMTIME_FUEL_LIMIT", "MAX_REQUESTS_PER_ID"];
const AMOUNTS = ["cpu", "memory", "ephemeral-storage"];
const NO_TIME = 60;
const DEADLINE = 600;

/** The first entry that has an opinion decides; where none has, the value has to be the approved one. */
export const TABLE: readonly Entry[] = [
    // Amounts.
    { kinds: SERVICES, paths: ["spec.replicas"], order: order.wholeAtMost(), why: "Fewer pods take less of the nodes." },
    { kinds: PODS, paths: inContainer("resources.limits.cpu", "resources.limits.memory", "resources.limits.ephemeral-storage"), order: order.atMost(), why: "A lower limit is reached sooner." },
    { kinds: PODS, paths: inContainer("resources.limits.*", "resources.requests.*"), order: order.noneOfIt, why: "None of a resource that nobody has approved is none." },
    { kinds: SERVICES, paths: inContainer("resources.requests.cpu", "resources.requests.memory", "resources.requests.ephemeral-storage"), order: order.atMost(), why: "Who has asked for less has less to itself and goes sooner; requests that reach the limits make a pod Guaranteed, which goes last." },
    { kinds: SERVICES, paths: BOUNDS.map((name) => `${CONTAINER}.env.${name}.value`), order: order.countUpTo, why: "A lower bound of time, memory, computation or calls is reached sooner." },
    { kinds: ["ConfigMap"], paths: BOUNDS.map((name) => `data["*.env.${name}"]`), order: order.countUpTo, why: "Admission then refuses what reaches higher." },
    { kinds: ["ConfigMap"], paths: ["replicas", "cpu", "memory", "ephemeralStorage"].map((name) => `data["*.${name}"]`), order: order.atMost(), why: "Admission then refuses what reaches higher." },
    { kinds: ["ResourceQuota"], paths: ["spec.hard.*"], order: order.bounded, why: "A bound that is lower, or one more, leaves all pods together less." },
    { kinds: ["LimitRange"], paths: AMOUNTS.map((name) => `spec.limits.*.max.${name}`), order: order.bounded, why: "A bound that is lower, or one more, leaves a pod less." },
    { kinds: ["LimitRange"], paths: AMOUNTS.map((name) => `spec.limits.*.default.${name}`), order: order.someAtMost, why: "A default of some amount can't be above the maximum, and is what a container that says nothing gets instead of it." },
    { kinds: ["PriorityClass"], paths: ["globalDefault"], order: order.byDefault(false), why: "It is Kubernetes' default." },
    { kinds: ["PriorityClass"], paths: ["value"], order: order.atMost({ least: -2_147_483_648 }), why: "Of two pods on a full node, the one of lower priority goes." },

    // Time.
    { kinds: PODS, paths: inPod("terminationGracePeriodSeconds"), order: order.wholeAtMost({ otherwise: 30 }), why: "User code that ignores the signal is gone sooner." },
    { kinds: PODS, paths: ["spec.revisionHistoryLimit"], order: order.wholeAtMost({ otherwise: 10 }), why: "A template that is forgotten can't be rolled back to." },
    { kinds: SERVICES, paths: ["spec.minReadySeconds"], order: order.within(0, NO_TIME), why: "The roll-out takes a minute longer at most." },
    { kinds: SERVICES, paths: ["spec.progressDeadlineSeconds"], order: order.within(1, DEADLINE), why: "A roll-out that doesn't end is told no later than by default." },
    { kinds: PODS, paths: probes("periodSeconds"), order: order.wholeAtMost({ least: 1, otherwise: 10 }), why: "A container that hangs is found sooner." },
    { kinds: PODS, paths: probes("timeoutSeconds"), order: order.wholeAtMost({ least: 1, otherwise: 1 }), why: "A container that hangs is found sooner." },
    { kinds: PODS, paths: probes("failureThreshold"), order: order.wholeAtMost({ least: 1, otherwise: 3 }), why: "A container that hangs is found sooner." },
    { kinds: PODS, paths: probes("initialDelaySeconds"), order: order.wholeAtMost({ otherwise: 0 }), why: "A container that hangs is found sooner." },
    { kinds: PODS, paths: probes("successThreshold"), order: order.byDefault(1), why: "It is Kubernetes' default." },
    { kinds: PODS, paths: probes("httpGet.scheme"), order: order.byDefault("HTTP"), why: "It is Kubernetes' default." },

    // Images.
    { kinds: SERVICES, paths: inContainer("image"), order: order.release, why: "A release of the approved program is everyday work; a tag that moves may be another program tomorrow." },
    { kinds: PODS, paths: inContainer("imagePullPolicy"), order: order.orElse("tighter", "Always"), why: "The registry is asked each time." },

    // Security contexts. What a container leaves out is read from its pod before this.
    { kinds: PODS, paths: inPod(...INHERITED.map((name) => `securityContext.${name}`)), order: order.dispensable, why: "Each container says it, or it is missing there." },
    { kinds: PODS, paths: inContainer("securityContext.capabilities.drop"), order: order.atLeastThese, why: "What is dropped can't be used." },
    { kinds: PODS, paths: inContainer("securityContext.capabilities.add"), order: order.emptyIsNothing, why: "Nothing added is nothing added." },
    { kinds: PODS, paths: inContainer("securityContext.privileged"), order: order.byDefault(false), why: "It is Kubernetes' default." },
    { kinds: PODS, paths: inContainer("securityContext.procMount"), order: order.byDefault("Default"), why: "It is Kubernetes' default." },
    { kinds: SERVICES, paths: inContainer("securityContext.seLinuxOptions.type"), order: order.byDefault("container_t"), why: "It is the type that a runtime gives to a container by default." },
    { kinds: PODS, paths: inContainer("terminationMessagePath"), order: order.byDefault("/dev/termination-log"), why: "It is Kubernetes' default." },
    { kinds: PODS, paths: inContainer("terminationMessagePolicy"), order: order.byDefault("File"), why: "It is Kubernetes' default." },
    { kinds: PODS, paths: inContainer("stdin", "stdinOnce", "tty"), order: order.byDefault(false), why: "It is Kubernetes' default." },
    { kinds: PODS, paths: inContainer("ports.*.protocol"), order: order.byDefault("TCP"), why: "It is Kubernetes' default." },
    { kinds: SERVICES, paths: [`${CONTAINER}.ports.*`], order: order.dispensable, why: "The list of ports opens none: NetworkPolicies do." },

    // Pods.
    { kinds: PODS, paths: inPod("hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "setHostnameAsFQDN"), order: order.byDefault(false), why: "It is Kubernetes' default." },
    { kinds: PODS, paths: inPod("hostUsers"), order: order.orElse("tighter", false), why: "Users of the pod are then nobody on the node." },
    { kinds: PODS, paths: inPod("preemptionPolicy"), order: order.orElse("tighter", "Never"), why: "The pod then pushes nobody out." },
    { kinds: PODS, paths: inPod("schedulerName"), order: order.byDefault("default-scheduler"), why: "It is Kubernetes' default." },
    { kinds: PODS, paths: inPod("restartPolicy"), order: order.byDefault("Always"), why: "It is Kubernetes' default, and the only one in a Deployment." },
    { kinds: PODS, paths: inPod("os.name"), order: order.orElse("neutral", "linux"), why: "All nodes of the stack run Linux." },
    { kinds: SERVICES, paths: inPod("topologySpreadConstraints"), order: order.dispensable, why: "A service of one pod has nothing to spread; pods on one node are confined no less." },
    { kinds: SERVICES, paths: inPod("topologySpreadConstraints.*.whenUnsatisfiable"), order: order.orElse("tighter", "DoNotSchedule"), why: "Pods are then spread or not started." },
    { kinds: SERVICES, paths: ["spec.strategy.rollingUpdate.maxUnavailable"], order: order.orElse("neutral", 1, "25%"), why: "No more than a quarter of the pods, or one, is missing while they are replaced." },
    { kinds: SERVICES, paths: ["spec.strategy.rollingUpdate.maxSurge"], order: order.wholeAtMost(), why: "Fewer pods run while they are replaced." },
    { kinds: SERVICES, paths: ["spec.paused"], order: order.byDefault(false), why: "It is Kubernetes' default." },
    { kinds: ["DaemonSet"], paths: ["spec.updateStrategy.rollingUpdate.maxUnavailable"], order: order.orElse("tighter", 1), why: "One node after the other gets its new loader." },

    { kinds: SERVICES, paths: inPod("volumes", "tolerations", "imagePullSecrets", "hostAliases", "readinessGates", "schedulingGates", "initContainers"), order: order.emptyIsNothing, why: "An empty list has nothing in it." },
    { kinds: ["ServiceAccount"], paths: ["secrets", "imagePullSecrets"], order: order.emptyIsNothing, why: "An empty list has nothing in it." },
    { kinds: ["ResourceQuota"], paths: ["spec.scopes"], order: order.emptyIsNothing, why: "An empty list has nothing in it." },

    // AppArmor: names end in a hash of the text.
    { kinds: PODS, paths: inPod("securityContext.appArmorProfile.localhostProfile"), order: order.sameButForHash, why: "The rule apparmor-loaded demands the version that the stack loads." },
    { kinds: PODS, paths: inContainer("securityContext.appArmorProfile.localhostProfile"), order: order.sameButForHash, why: "The rule apparmor-loaded demands the version that the stack loads." },
    { kinds: PODS, paths: [`spec.template.metadata.annotations${APPARMOR}`], order: order.first(order.sameButForHash, order.dispensable), why: "Nodes since Kubernetes 1.30 go by the field." },
    { kinds: ["DaemonSet"], paths: [`${CONTAINER}.env.EXPECTED_PROFILES.value`, `${POD}.volumes.profiles.configMap.name`], order: order.sameButForHash, why: "The rule apparmor-loaded demands that it is what the stack loads." },
    { kinds: ["ConfigMap"], paths: ['data["*.profile"]'], order: order.sameButForHash, why: "The rule apparmor-loaded demands the version that the stack loads." },
    { kinds: ["ConfigMap"], paths: ["metadata.name"], order: order.sameButForHash, why: "The hash is that of the profiles' names, which the rule apparmor-profile-contents demands." },
    { kinds: ["ConfigMap"], paths: ["data"], order: profiles, why: "A profile that grants less, or denies more, confines more." },

    // Networks and Services.
    { kinds: ["NetworkPolicy"], paths: ["spec"], order: opens, why: "A policy in other words, or one that opens less, opens no connection that isn't approved." },
    { kinds: ["Service"], paths: ["spec.type"], order: order.byDefault("ClusterIP"), why: "It is Kubernetes' default." },
    { kinds: ["Service"], paths: ["spec.ports.*.protocol"], order: order.byDefault("TCP"), why: "It is Kubernetes' default." },
    { kinds: ["Service"], paths: ["spec.ports.*"], order: order.dispensable, why: "A port that is gone leads nowhere." },
    { kinds: ["Service"], paths: ["spec.publishNotReadyAddresses"], order: order.byDefault(false), why: "It is Kubernetes' default." },
    { kinds: ["Service"], paths: ["spec.ipFamilyPolicy"], order: order.byDefault("SingleStack"), why: "It is Kubernetes' default." },
    { kinds: ["Service"], paths: ["spec.internalTrafficPolicy"], order: order.first(order.byDefault("Cluster"), order.orElse("tighter", "Local")), why: "Traffic then stays on its node." },
    { kinds: ["Service"], paths: ["spec.sessionAffinity"], order: order.first(order.byDefault("None"), order.orElse("neutral", "ClientIP")), why: "The same pods are reached, in another turn." },
    { kinds: ["Service"], paths: ["spec.clusterIP"], order: order.orElse("neutral", "None"), why: "The name then leads to the same pods without an address between." },

    // Admission.
    { kinds: ["ValidatingAdmissionPolicy"], paths: ["spec.validations"], order: validations, why: "One validation more refuses more." },
    { kinds: ["ValidatingAdmissionPolicyBinding"], paths: ["spec.validationActions"], order: order.theseInAnyOrder, why: "Their order means nothing." },
    { kinds: ["ConfigMap"], paths: ["data.requireDigests"], order: order.orElse("tighter", "true"), why: "A digest names one image for good." },
    { kinds: ["ValidatingAdmissionPolicy"], paths: ["spec.matchConstraints.matchPolicy"], order: order.byDefault("Equivalent"), why: "It is Kubernetes' default." },
    { kinds: ["PodDisruptionBudget"], paths: ["spec.unhealthyPodEvictionPolicy"], order: order.byDefault("IfHealthyBudget"), why: "It is Kubernetes' default." },
    { kinds: ["ConfigMap"], paths: ["immutable"], order: order.first(order.byDefault(false), order.orElse("tighter", true)), why: "Nobody can then change the parameters where they stand." },
    { kinds: ["Namespace"], paths: ["enforce-version", "audit-version", "warn-version"].map((name) => `metadata.labels["pod-security.kubernetes.io/${name}"]`), order: order.recent, why: "Newer versions of the standards know more; these know enough." },
    { kinds: ["LimitRange"], paths: ["spec.limits.*"], order: furtherRange(), why: "A bound on claims refuses more." },

    // Words.
    { kinds: ALL, paths: ["metadata.annotations.*", "spec.template.metadata.annotations.*"], order: annotation, why: "Nobody takes orders from it." },
    { kinds: SERVICES, paths: ['metadata.annotations["pulumi.com/skipAwait"]'], order: order.orElse("tighter", undefined, "false"), why: "Pulumi then waits for the pods." },
    { kinds: ALL, paths: ["metadata.labels.*", "spec.template.metadata.labels.*"], order: label, why: "Nothing selects by it." },
    { kinds: ["PriorityClass"], paths: ["description"], order: description, why: "It is for people." },

    // The provider: which cluster, and whose credentials, the rule known-provider says.
    { kinds: ["kubernetes"], paths: ["context", "kubeconfig"], order: order.surroundings, why: "The rule known-provider demands one of the posture's clusters, by the kubeconfig of whoever runs Pulumi." },
    { kinds: ["kubernetes"], paths: ["skipUpdateUnreachable", "deleteUnreachable"], order: order.byDefault("false"), why: "It is the provider's default." },
];

/** A bound on claims of storage, of which the sandbox has none. */
function furtherRange(): Order {
    const isBounding = (value: Value): boolean => isObject(value) && isDeepStrictEqual(Object.keys(value).sort(), ["max", "type"]);
    return {
        is: "a bound on claims of storage",
        decide: (approved, now, { key }) => (approved === undefined && key === "PersistentVolumeClaim" && isBounding(now) ? "tighter" : undefined),
    };
}
