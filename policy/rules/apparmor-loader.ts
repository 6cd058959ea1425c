import { isConfigMapOfProfiles, isLoader, LOADER, profilesIn } from "../posture/loader";
import { forPod } from "../model/pod";
import { fieldOf } from "../model/read";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";
import { exactly, integer, known, list, matching, object, optional } from "./kit/shape";

const container = object({
    name: exactly(LOADER.name),
    image: known,
    imagePullPolicy: optional(exactly("IfNotPresent", "Always")),
    command: list(...LOADER.command.map((word) => exactly(word))),
    env: list(object({ name: exactly("EXPECTED_PROFILES"), value: matching("names of profiles, separated by spaces", (value) => profilesIn(value) !== undefined) })),
    resources: known,
    terminationMessagePath: optional(exactly("/dev/termination-log")),
    terminationMessagePolicy: optional(exactly("File")),
    securityContext: object({
        procMount: optional(exactly("Default")),
        runAsUser: exactly(0),
        runAsGroup: optional(exactly(0)),
        privileged: optional(exactly(false)),
        allowPrivilegeEscalation: exactly(false),
        readOnlyRootFilesystem: exactly(true),
        capabilities: object({ drop: list(exactly("ALL")), add: list(exactly("MAC_ADMIN")) }),
        seccompProfile: known,
        appArmorProfile: known,
    }),
    readinessProbe: object({
        exec: object({ command: list(...LOADER.ready.map((word) => exactly(word))) }),
        initialDelaySeconds: optional(integer(0, 60)),
        periodSeconds: optional(integer(1, 60)),
        timeoutSeconds: optional(integer(1, 60)),
        failureThreshold: optional(integer(1, 3)),
        successThreshold: optional(exactly(1)),
    }),
    volumeMounts: list(
        object({ name: exactly("securityfs"), mountPath: exactly(LOADER.securityfs), readOnly: optional(exactly(false)) }),
        object({ name: exactly("profiles"), mountPath: exactly(LOADER.profiles), readOnly: exactly(true) }),
    ),
});

/** Fields that are `known` here have rules of their own. */
const spec = object({
    selector: known,
    template: object({
        metadata: object({ labels: known, annotations: known }),
        spec: object({
            ...Object.fromEntries(["serviceAccountName", "automountServiceAccountToken", "enableServiceLinks", "dnsPolicy", "dnsConfig", "nodeSelector", "tolerations", "terminationGracePeriodSeconds"].map((name) => [name, known])),
            ...Object.fromEntries(["hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "setHostnameAsFQDN"].map((name) => [name, optional(exactly(false))])),
            preemptionPolicy: optional(exactly("Never")),
            restartPolicy: optional(exactly("Always")),
            os: optional(object({ name: exactly("linux") })),
            schedulerName: optional(exactly("default-scheduler")),
            priorityClassName: exactly(LOADER.priorityClass),
            securityContext: optional(object({ seccompProfile: known, appArmorProfile: known })),
            containers: list(container),
            volumes: list(
                object({ name: exactly("securityfs"), hostPath: object({ path: exactly(LOADER.securityfs), type: exactly("Directory") }) }),
                object({ name: exactly("profiles"), configMap: object({ name: matching(`"${LOADER.configMap}" and twelve digits of a hash`, isConfigMapOfProfiles), defaultMode: optional(integer(0o400, 0o777)) }) }),
            ),
        }),
    }),
    updateStrategy: optional(object({
        type: optional(exactly("RollingUpdate")),
        rollingUpdate: optional(object({ maxUnavailable: optional(matching('1, or at most "25%"', (most) => most === 1 || (typeof most === "string" && /^([1-9]|1\d|2[0-5])%$/.test(most)))) })),
    })),
    revisionHistoryLimit: known,
});

export const apparmorLoader: ResourceRule = {
    scope: "resource",
    name: "apparmor-loader",
    measures: ["apparmor"],
    severity: "critical",
    description: "The profile loader runs its own script and nothing else, sees securityfs and the profiles and nothing else, and is updated node by node.",
    rationale: "It is the one pod with root and a capability: whoever turns it owns every node, and whoever stops it leaves new nodes without profiles.",
    remediation: "Put the loader back to what this rule and policy/posture/loader.ts say; fields that they don't name are left out.",
    references: [kubernetes("concepts/workloads/controllers/daemonset/")],
    check: (resource, posture) => forPod(resource, (pod) => (isLoader(pod, posture) ? spec(fieldOf(pod.resource.props, "spec")) : [])),
};
