import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { MAX_SURGE } from "./config/demand";
import type { Resources, Toleration } from "./config/fields";
import { labelsOf, selectorOf, type Component, type Labels } from "./names";
import { podTemplate } from "./pod";

/** What all workloads of the stack share. */
export interface Surroundings {
    readonly namespace: string;
    readonly priorityClass: string;
    readonly nodeSelector: Labels;
    readonly tolerations: readonly Toleration[];
    readonly seLinuxType: string;
    /** False: an update doesn't wait for pods that no node will run. */
    readonly waitForRollouts: boolean;
    /** Seconds until an update gives a rollout up; the old pods then go on serving. */
    readonly rolloutTimeoutSeconds: number;
}

/** One service. Its protection is not among the arguments, apart from the profile's name: every workload is hardened alike. */
export interface WorkloadArgs {
    readonly surroundings: Surroundings;
    readonly component: Component;
    readonly image: string;
    readonly replicas: number;
    readonly env: Readonly<Record<string, string>>;
    /** Ports of the container by name. */
    readonly ports: { readonly http: number } & Readonly<Record<string, number>>;
    /** Those of them that the Service offers; metrics are read from the pods. */
    readonly offered: readonly string[];
    readonly resources: Resources;
    /** How long a request may take; a pod told to stop gets as long to finish it. */
    readonly timeoutMs: number;
    readonly appArmorProfile: string;
    readonly runtimeClass?: string | undefined;
    /** IP address of the resolver. */
    readonly nameserver: string;
}

/** Seconds between a request's time limit and the kill. */
const GRACE_MARGIN_SECONDS = 5;
/** Old ReplicaSets kept for a rollback. */
const HISTORY = 2;

/** Deployment, Service, ServiceAccount and, where there are replicas to lose, a disruption budget. */
export class Workload extends pulumi.ComponentResource {
    public constructor(name: string, args: WorkloadArgs, options: pulumi.ComponentResourceOptions) {
        super("wikifunctions:index:Workload", name, {}, options);
        const metadata = { name, namespace: args.surroundings.namespace, labels: labelsOf(args.component, name) };
        // Children don't inherit what their component waits for.
        const after = { parent: this, dependsOn: options.dependsOn };
        const timeout = `${String(args.surroundings.rolloutTimeoutSeconds)}s`;
        const account = new k8s.core.v1.ServiceAccount(name, { metadata, automountServiceAccountToken: false }, after);
        const deployment = new k8s.apps.v1.Deployment(name, {
            metadata: { ...metadata, ...awaitAnnotation(args.surroundings) },
            spec: deploymentSpec(name, args),
        }, pulumi.mergeOptions(after, { dependsOn: [account], customTimeouts: { create: timeout, update: timeout } }));
        new k8s.core.v1.Service(name, {
            metadata,
            spec: {
                type: "ClusterIP",
                selector: selectorOf(name),
                ports: args.offered.map((port) => ({ name: port, port: args.ports[port] ?? args.ports.http, targetPort: port, protocol: "TCP" })),
            },
        }, pulumi.mergeOptions(after, { dependsOn: [deployment] }));
        if (args.replicas > 1) {
            new k8s.policy.v1.PodDisruptionBudget(name, {
                metadata,
                // Not minAvailable: a budget that allows nothing would hold up the drain of a node for good.
                spec: { maxUnavailable: 1, selector: { matchLabels: selectorOf(name) } },
            }, after);
        }
        this.registerOutputs();
    }
}

function awaitAnnotation({ waitForRollouts }: Surroundings) {
    return waitForRollouts ? {} : { annotations: { "pulumi.com/skipAwait": "true" } };
}

function deploymentSpec(name: string, args: WorkloadArgs) {
    const { surroundings: { priorityClass, nodeSelector, tolerations, seLinuxType } } = args;
    const selector = selectorOf(name);
    return {
        replicas: args.replicas,
        revisionHistoryLimit: HISTORY,
        selector: { matchLabels: selector },
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: MAX_SURGE, maxUnavailable: 0 } },
        template: podTemplate({
            priorityClass,
            nodeSelector,
            tolerations,
            container: args.component,
            labels: labelsOf(args.component, name),
            image: args.image,
            env: args.env,
            ports: args.ports,
            resources: args.resources,
            confinement: { appArmorProfile: args.appArmorProfile, seLinuxType },
            serviceAccount: name,
            runtimeClass: args.runtimeClass,
            nameserver: args.nameserver,
            gracePeriodSeconds: Math.ceil(args.timeoutMs / 1000) + GRACE_MARGIN_SECONDS,
            spread: args.replicas > 1,
            selector,
        }),
    };
}
