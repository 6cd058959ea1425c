import { parseImage } from "../model/image";
import { isLoader } from "../posture/loader";
import { isMeasure } from "../posture/measures";
import type { PodHolder } from "../model/pod";
import { entries, field } from "../model/read";
import { serviceOf } from "../posture/service";
import { metadata, type Stack } from "../model/stack";
import { isWaived } from "../posture/waivers";
import { edgesOf } from "./observed-edges";
import { amountsOf, countIn, largest, overcommitOf, timeLimitOf } from "./observed-amounts";
import { profilesOf } from "./observed-profiles";
import type { Amounts, Posture, Service } from "../posture/posture";

const COMPONENT = "app.kubernetes.io/component";
const SKIP_AWAIT = "pulumi.com/skipAwait";

/** The ceiling that each rule holds a service to. */
const CEILINGS = {
    "cpu-limits": "cpu",
    "memory-limits": "memory",
    "ephemeral-storage-limits": "ephemeralStorage",
    "time-limits": "timeoutMs",
    "replicas": "replicas",
} as const;

/**
 * What a stack is, in the words of a posture: exactly this would have to be approved for it. Names of namespaces, classes and parties,
 * and waivers, are the approved ones, and so is whatever a waiver excuses. What is missing or can't be read is `unlimited`, which no
 * posture may say.
 */
export function observed(stack: Stack, approved: Posture): Posture {
    const loader = stack.pods.find((pod) => isLoader(pod, approved));
    const services = stack.pods.flatMap((pod) => serviceIn(pod, approved));
    const named = Object.fromEntries(services.map(([name, { service }]) => [name, service]));
    const known = loader === undefined ? services.map(([, { pod }]) => pod) : [loader, ...services.map(([, { pod }]) => pod)];
    return {
        ...approved,
        requireDigests: known.length > 0 && known.every((pod) => isWaived(approved, "approved-images", pod.resource) || hasDigests(pod)),
        loaderImage: loader === undefined ? approved.loaderImage : repositoryOf(loader),
        allowSkipAwait: stack.pods.some(({ kind, resource }) => kind === "Deployment" && field({ path: "", value: resource.props }, "metadata", "annotations", SKIP_AWAIT).value === "true"),
        protect: stack.resources.filter((resource) => isMeasure(resource, approved)).every(({ options }) => options.protect),
        nameserver: nameserverOf(services.map(([, { pod }]) => pod), approved),
        services: inOrderOf(approved.services, named),
        edges: edgesOf(stack, approved, named),
        profiles: profilesOf(stack, approved),
        quota: quotaOf(stack, approved),
        limitRange: { container: rangeOf(stack, approved, "Container"), pod: rangeOf(stack, approved, "Pod") },
    };
}

/** The same entries, those that the other has too first: a file that is written anew then differs only where its contents do. */
function inOrderOf<Value>(other: object, entries: Readonly<Record<string, Value>>): Record<string, Value> {
    const known = Object.keys(other).filter((name) => Object.hasOwn(entries, name));
    return Object.fromEntries([...new Set([...known, ...Object.keys(entries)])].map((name) => [name, entries[name] as Value]));
}

/** A Deployment of the sandbox whose labels say what it is. Any other workload can't be approved. */
function serviceIn(pod: PodHolder, approved: Posture): [string, { readonly pod: PodHolder; readonly service: Service }][] {
    const role = field(pod.labels, COMPONENT).value;
    if (pod.kind !== "Deployment" || pod.namespace !== approved.namespace || typeof pod.name !== "string" || (role !== "orchestrator" && role !== "evaluator")) {
        return [];
    }
    const runtimeClass = field(pod.spec, "runtimeClassName").value;
    const service = {
        role,
        image: repositoryOf(pod),
        ...(typeof runtimeClass === "string" ? { minRuntimeClass: runtimeClass } : {}),
        ...(role === "evaluator" ? { memoryOvercommit: overcommitOf(pod) } : {}),
        ceilings: {
            ...amountsOf(pod.containers.map((container) => field(container, "resources", "limits"))),
            timeoutMs: timeLimitOf(pod, role),
            replicas: countIn(field({ path: "", value: pod.resource.props }, "spec", "replicas").value),
        },
    } as const;
    return [[pod.name, { pod, service: asWaived(service, pod, approved) }]];
}

function asWaived(service: Service, pod: PodHolder, posture: Posture): Service {
    const approved = serviceOf(pod, posture);
    if (approved === undefined) {
        return service;
    }
    const isExcused = (rule: string): boolean => isWaived(posture, rule, pod.resource);
    const excused = Object.entries(CEILINGS).filter(([rule]) => isExcused(rule)).map(([, name]) => [name, approved.ceilings[name]]);
    return {
        ...service,
        ...(isExcused("approved-images") ? { image: approved.image } : {}),
        ...(isExcused("runtime-class") && approved.minRuntimeClass !== undefined ? { minRuntimeClass: approved.minRuntimeClass } : {}),
        ceilings: { ...service.ceilings, ...Object.fromEntries(excused) },
    };
}

function repositoryOf({ containers: [first] }: PodHolder): string {
    return (first === undefined ? undefined : parseImage(field(first, "image").value)?.repository) ?? "unreadable";
}

/** That of the orchestrators, where they agree. */
function nameserverOf(pods: readonly PodHolder[], approved: Posture): string {
    const asking = pods.filter((pod) => field(pod.labels, COMPONENT).value === "orchestrator");
    const servers = asking.flatMap(({ spec }) => entries(field(spec, "dnsConfig", "nameservers")).map(({ value }) => (typeof value === "string" ? value : "unreadable")));
    const [server = "none", ...others] = [...new Set(servers)];
    return asking.length === 0 ? approved.nameserver : others.length > 0 ? [server, ...others].join(", ") : server;
}

function hasDigests({ containers }: PodHolder): boolean {
    return containers.every((container) => parseImage(field(container, "image").value)?.digest !== undefined);
}

function quotaOf(stack: Stack, { namespace }: Posture): Posture["quota"] {
    const hard = ofNamespace(stack, "ResourceQuota", namespace).map((quota) => field({ path: "", value: quota.props }, "spec", "hard"));
    return { ...amountsOf(hard, "limits."), pods: countIn(largest(hard.map((bounds) => field(bounds, "pods").value))) };
}

function rangeOf(stack: Stack, { namespace }: Posture, type: "Container" | "Pod"): Amounts {
    const limits = ofNamespace(stack, "LimitRange", namespace).flatMap((range) => {
        const list = field({ path: "", value: range.props }, "spec", "limits");
        return Array.isArray(list.value) ? list.value.map((_, index) => field(list, index)) : [];
    });
    return amountsOf(limits.filter((range) => field(range, "type").value === type).map((range) => field(range, "max")));
}

function ofNamespace(stack: Stack, kind: string, namespace: string) {
    return stack.ofKind(kind).filter((resource) => metadata(resource, "namespace") === namespace);
}
