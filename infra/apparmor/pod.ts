import { createHash } from "node:crypto";
import type { types } from "@pulumi/kubernetes";
import type { Resources, Toleration } from "../config/fields";
import type { Labels } from "../names";
import { placement, toKubernetes } from "../pod";

export const LOADER = "apparmor-loader";
export const CONFIG_MAP = "apparmor-profiles";
/** Enough of a SHA-256 to tell sets of profiles apart. */
export const HASH_DIGITS = 12;

/**
 * Name of the ConfigMap that holds these profiles. Others come in another one: Pulumi creates it first, and deletes this one when all
 * that ran under its profiles is gone, so that until then a node whose loader is still the old one loads them again after a reboot.
 */
export function configMapOf(profiles: readonly string[]): string {
    return `${CONFIG_MAP}-${createHash("sha256").update([...profiles].sort().join(" ")).digest("hex").slice(0, HASH_DIGITS)}`;
}

/** Where the script in the image looks. */
export const PROFILES_DIR = "/etc/wikifunctions/profiles";
export const SECURITYFS = "/sys/kernel/security";
export const SCRIPT = "/usr/local/bin/load.sh";

/** Compiling a profile takes a fraction of a second and some megabytes, once. */
const RESOURCES: Resources = {
    requests: { cpu: "10m", memory: "32Mi", ephemeralStorage: "16Mi" },
    limits: { cpu: "200m", memory: "128Mi", ephemeralStorage: "64Mi" },
};

/** Root, for the kernel's files are root's, with the one capability that loading takes. */
const CONTAINER_SECURITY: types.input.core.v1.SecurityContext = {
    runAsUser: 0,
    runAsGroup: 0,
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"], add: ["MAC_ADMIN"] },
    seccompProfile: { type: "RuntimeDefault" },
    // The runtime's own profile denies writing below /sys/kernel/security, which is all that this container does.
    appArmorProfile: { type: "Unconfined" },
};

export interface LoaderPodArgs {
    readonly labels: Labels;
    readonly image: string;
    /** Names of the profiles in the ConfigMap. As they are part of the pod, a new profile rolls the loader, and what waits for it. */
    readonly profiles: readonly string[];
    readonly nodeSelector: Labels;
    readonly tolerations: readonly Toleration[];
}

function container({ image, profiles }: LoaderPodArgs): types.input.core.v1.Container {
    return {
        name: LOADER,
        image,
        imagePullPolicy: "IfNotPresent",
        command: [SCRIPT, "run"],
        env: [{ name: "EXPECTED_PROFILES", value: profiles.join(" ") }],
        resources: toKubernetes(RESOURCES),
        securityContext: CONTAINER_SECURITY,
        // Seldom: each starts a process in the container, on every node. The script itself waits while profiles are being loaded.
        readinessProbe: { exec: { command: [SCRIPT, "ready"] }, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 1 },
        volumeMounts: [
            { name: "securityfs", mountPath: SECURITYFS },
            { name: "profiles", mountPath: PROFILES_DIR, readOnly: true },
        ],
    };
}

/** The one pod that may do more than the rest: it writes to the node's securityfs, and touches nothing else. */
export function loaderPodTemplate(args: LoaderPodArgs): types.input.core.v1.PodTemplateSpec {
    return {
        metadata: { labels: args.labels },
        spec: {
            serviceAccountName: LOADER,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            dnsPolicy: "None",
            dnsConfig: { nameservers: ["127.0.0.1"] },
            // First on a node and last to go: without it no workload can start there.
            priorityClassName: "system-node-critical",
            ...placement(args),
            terminationGracePeriodSeconds: 5,
            securityContext: { seccompProfile: { type: "RuntimeDefault" } },
            containers: [container(args)],
            volumes: [
                { name: "securityfs", hostPath: { path: SECURITYFS, type: "Directory" } },
                { name: "profiles", configMap: { name: configMapOf(args.profiles), defaultMode: 0o444 } },
            ],
        },
    };
}
