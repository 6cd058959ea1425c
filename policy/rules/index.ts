import { admissionParameters } from "./admission-parameters";
import { admissionPolicies } from "./admission-policies";
import { apparmorLoaded } from "./apparmor-loaded";
import { apparmorLoader } from "./apparmor-loader";
import { apparmorProfile } from "./apparmor-profile";
import { apparmorProfileContents } from "./apparmor-profile-contents";
import { approvedImages } from "./approved-images";
import { confinedBeforeStart } from "./confined-before-start";
import { cpuLimits } from "./cpu-limits";
import { defaultDeny } from "./default-deny";
import { dropAllCapabilities } from "./drop-all-capabilities";
import { ephemeralStorageLimits } from "./ephemeral-storage-limits";
import { executorMemory } from "./executor-memory";
import { knownAnnotations } from "./known-annotations";
import { knownEnvironment } from "./known-environment";
import { knownNamespaces } from "./known-namespaces";
import { knownPodFields } from "./known-pod-fields";
import { knownProvider } from "./known-provider";
import { knownResourceTypes } from "./known-resource-types";
import { knownRuntimes } from "./known-runtimes";
import { knownWorkloads } from "./known-workloads";
import { limitRange } from "./limit-range";
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
import { noSkipAwait } from "./no-skip-await";
import { noSysctls } from "./no-sysctls";
import { noVolumeMounts } from "./no-volume-mounts";
import { priorityClass } from "./priority-class";
import { pulumiOptions } from "./pulumi-options";
import { readOnlyRootFilesystem } from "./read-only-root-filesystem";
import { replicas } from "./replicas";
import { requiredResources } from "./required-resources";
import { resourceQuota } from "./resource-quota";
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
    knownResourceTypes,
    knownProvider,
    singleCluster,
    knownNamespaces,
    knownWorkloads,
    uniqueNames,
    pulumiOptions,
    noOwners,
    noPausedRollouts,
    noSkipAwait,
    serviceType,
    requiredResources,
    confinedBeforeStart,
    namespacePodSecurity,
    admissionPolicies,
    admissionParameters,
    resourceQuota,
    limitRange,
    priorityClass,
    // What may reach what.
    defaultDeny,
    networkEdges,
    serviceTargets,
    // Pods and their containers.
    approvedImages,
    noImagePullSecrets,
    noCommandOverride,
    knownEnvironment,
    knownPodFields,
    knownAnnotations,
    runtimeClass,
    knownRuntimes,
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
    replicas,
    executorMemory,
    timeLimits,
    timeLimitOrder,
    terminationBounds,
    noLifecycleExec,
];

export const rules: Rule[] = [...judging, waivers(judging)];
