import type { types } from "@pulumi/kubernetes";
import type { Resources, Toleration } from "./config/fields";
import type { Labels } from "./names";
import { appArmorAnnotations, containerSecurityContext, podSecurityContext, type Confinement } from "./security";

/** A pod with one container. What is not asked for here is the same for all of them. */
export interface PodArgs {
    readonly container: string;
    readonly labels: Labels;
    readonly image: string;
    readonly env: Readonly<Record<string, string>>;
    readonly ports: { readonly http: number } & Readonly<Record<string, number>>;
    readonly resources: Resources;
    readonly confinement: Confinement;
    readonly serviceAccount: string;
    readonly priorityClass: string;
    readonly runtimeClass: string | undefined;
    /** IP address of the resolver. */
    readonly nameserver: string;
    readonly nodeSelector: Labels;
    readonly tolerations: readonly Toleration[];
    /** Seconds for a running request to end, once the pod is told to stop. */
    readonly gracePeriodSeconds: number;
    /** Whether replicas should stand on different nodes. */
    readonly spread: boolean;
    /** What finds the pods of this workload. */
    readonly selector: Labels;
}

/** Path that answers as soon as the service can work. */
const INFO_PATH = "/_info";

/** A start may take a minute; after that, three failed looks in a row decide. */
const PROBES = {
    startupProbe: { httpGet: { path: INFO_PATH, port: "http" }, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 30 },
    readinessProbe: { httpGet: { path: INFO_PATH, port: "http" }, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 },
    // By TCP: a service busy with user code is slow, not dead.
    livenessProbe: { tcpSocket: { port: "http" }, periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3 },
};

/** Requests and limits as Kubernetes spells them. */
export function toKubernetes({ requests, limits }: Resources): types.input.core.v1.ResourceRequirements {
    const [asked, most] = [requests, limits].map(({ cpu, memory, ephemeralStorage }) => ({ cpu, memory, "ephemeral-storage": ephemeralStorage }));
    return { requests: asked, limits: most };
}

function container({ container: name, image, env, ports, resources, confinement }: PodArgs): types.input.core.v1.Container {
    return {
        name,
        image,
        imagePullPolicy: "IfNotPresent",
        env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
        ports: Object.entries(ports).map(([key, containerPort]) => ({ name: key, containerPort, protocol: "TCP" })),
        resources: toKubernetes(resources),
        securityContext: containerSecurityContext(confinement),
        ...PROBES,
    };
}

/** Two replicas on one node share its fate; on a cluster of one node they still have to run. */
function topologySpread({ spread, selector }: PodArgs) {
    return !spread ? {} : {
        topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway", labelSelector: { matchLabels: selector } }],
    };
}

/** Where pods may land. What is empty is left out: whoever approves the object then sees only what it says. */
export function placement({ nodeSelector, tolerations }: Pick<PodArgs, "nodeSelector" | "tolerations">) {
    return {
        ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector }),
        ...(tolerations.length === 0 ? {} : { tolerations: [...tolerations] }),
    };
}

/** The hardened pod template. */
export function podTemplate(args: PodArgs): types.input.core.v1.PodTemplateSpec {
    return {
        metadata: { labels: args.labels, annotations: appArmorAnnotations(args.container, args.confinement) },
        spec: {
            serviceAccountName: args.serviceAccount,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            // Not the cluster's resolver: it would carry questions, and with them data, to the outside.
            dnsPolicy: "None",
            dnsConfig: { nameservers: [args.nameserver] },
            priorityClassName: args.priorityClass,
            ...(args.runtimeClass === undefined ? {} : { runtimeClassName: args.runtimeClass }),
            ...placement(args),
            terminationGracePeriodSeconds: args.gracePeriodSeconds,
            securityContext: podSecurityContext(args.confinement),
            containers: [container(args)],
            ...topologySpread(args),
        },
    };
}
