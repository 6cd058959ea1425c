import { apparmorLoaded } from "./apparmor-loaded";
import { apparmorLoader } from "./apparmor-loader";
import { apparmorProfile } from "./apparmor-profile";
import { apparmorProfileContents } from "./apparmor-profile-contents";
import { approvedImages } from "./approved-images";
import { approvedObjects } from "./approved-objects";
import { confinedBeforeStart } from "./confined-before-start";
import { cpuLimits } from "./cpu-limits";
import { defaultDeny } from "./default-deny";
import { dropAllCapabilities } from "./drop-all-capabilities";
import { ephemeralStorageLimits } from "./ephemeral-storage-limits";
import { knownAnnotations } from "./known-annotations";
import { knownPodFields } from "./known-pod-fields";
import { knownProvider } from "./known-provider";
import { knownResourceTypes } from "./known-resource-types";
import { lowPriority } from "./low-priority";
import { memoryLimits } from "./memory-limits";
import { namespacePodSecurity } from "./namespace-pod-security";
import { networkEdges } from "./network-edges";
import { noCommandOverride } from "./no-command-override";
import { noDevices } from "./no-devices";
import { noDnsForEvaluators } from "./no-dns-for-evaluators";
import { noHostNamespaces } from "./no-host-namespaces";
import { noImagePullSecrets } from "./no-image-pull-secrets";
import { noLifecycleExec } from "./no-lifecycle-exec";
import { noOwners } from "./no-owners";
import { noPausedRollouts } from "./no-paused-rollouts";
import { noPrivilegeEscalation } from "./no-privilege-escalation";
import { noPrivilegedContainers } from "./no-privileged-containers";
import { noSecretsInEnvironment } from "./no-secrets-in-environment";
import { noServiceAccountToken } from "./no-service-account-token";
import { noSysctls } from "./no-sysctls";
import { noVolumeMounts } from "./no-volume-mounts";
import { priorityClass } from "./priority-class";
import { pulumiOptions } from "./pulumi-options";
import { readOnlyRootFilesystem } from "./read-only-root-filesystem";
import { requiredResources } from "./required-resources";
import type { Rule } from "./rule";
import { runAsNonRoot } from "./run-as-non-root";
import { runtimeClass } from "./runtime-class";
import { scheduledNormally } from "./scheduled-normally";
import { seccompProfile } from "./seccomp-profile";
import { selinuxOptions } from "./selinux-options";
import { serviceTargets } from "./service-targets";
import { serviceType } from "./service-type";
import { singleCluster } from "./single-cluster";
import { terminationBounds } from "./termination-bounds";
import { timeLimitOrder } from "./time-limit-order";
import { timeLimits } from "./time-limits";
import { uniqueNames } from "./unique-names";
import { volumeTypes } from "./volume-types";
import { waivers } from "./waivers";

const judging: Rule[] = [
    // What the stack is made of.
    approvedObjects,
    knownResourceTypes,
    knownProvider,
    singleCluster,
    uniqueNames,
    pulumiOptions,
    noOwners,
    noPausedRollouts,
    serviceType,
    requiredResources,
    confinedBeforeStart,
    namespacePodSecurity,
    priorityClass,
    // What may reach what.
    defaultDeny,
    networkEdges,
    serviceTargets,
    // Pods and their containers.
    approvedImages,
    noImagePullSecrets,
    noCommandOverride,
    knownPodFields,
    knownAnnotations,
    runtimeClass,
    scheduledNormally,
    lowPriority,
    noHostNamespaces,
    noSysctls,
    noServiceAccountToken,
    noSecretsInEnvironment,
    noDnsForEvaluators,
    volumeTypes,
    noVolumeMounts,
    noDevices,
    noPrivilegedContainers,
    noPrivilegeEscalation,
    dropAllCapabilities,
    runAsNonRoot,
    readOnlyRootFilesystem,
    seccompProfile,
    apparmorProfile,
    apparmorLoaded,
    apparmorLoader,
    apparmorProfileContents,
    selinuxOptions,
    cpuLimits,
    memoryLimits,
    ephemeralStorageLimits,
    timeLimits,
    timeLimitOrder,
    terminationBounds,
    noLifecycleExec,
];

export const rules: Rule[] = [...judging, waivers(judging)];
