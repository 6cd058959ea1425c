import { admissionParameters } from "./rules/admission-parameters";
import { admissionPolicies } from "./rules/admission-policies";
import { apparmorLoaded } from "./rules/apparmor-loaded";
import { apparmorLoader } from "./rules/apparmor-loader";
import { apparmorProfile } from "./rules/apparmor-profile";
import { apparmorProfileContents } from "./rules/apparmor-profile-contents";
import { approvedImages } from "./rules/approved-images";
import { confinedBeforeStart } from "./rules/confined-before-start";
import { cpuLimits } from "./rules/cpu-limits";
import { defaultDeny } from "./rules/default-deny";
import { dropAllCapabilities } from "./rules/drop-all-capabilities";
import { ephemeralStorageLimits } from "./rules/ephemeral-storage-limits";
import { executorMemory } from "./rules/executor-memory";
import { knownAnnotations } from "./rules/known-annotations";
import { knownEnvironment } from "./rules/known-environment";
import { knownNamespaces } from "./rules/known-namespaces";
import { knownPodFields } from "./rules/known-pod-fields";
import { knownProvider } from "./rules/known-provider";
import { knownResourceTypes } from "./rules/known-resource-types";
import { knownRuntimes } from "./rules/known-runtimes";
import { knownWorkloads } from "./rules/known-workloads";
import { limitRange } from "./rules/limit-range";
import { lowPriority } from "./rules/low-priority";
import { memoryLimits } from "./rules/memory-limits";
import { namespacePodSecurity } from "./rules/namespace-pod-security";
import { networkEdges } from "./rules/network-edges";
import { noCommandOverride } from "./rules/no-command-override";
import { noDevices } from "./rules/no-devices";
import { noDnsForEvaluators } from "./rules/no-dns-for-evaluators";
import { noHostNamespaces } from "./rules/no-host-namespaces";
import { noImagePullSecrets } from "./rules/no-image-pull-secrets";
import { noLifecycleExec } from "./rules/no-lifecycle-exec";
import { noOwners } from "./rules/no-owners";
import { noPausedRollouts } from "./rules/no-paused-rollouts";
import { noPrivilegeEscalation } from "./rules/no-privilege-escalation";
import { noPrivilegedContainers } from "./rules/no-privileged-containers";
import { noSecretsInEnvironment } from "./rules/no-secrets-in-environment";
import { noServiceAccountToken } from "./rules/no-service-account-token";
import { noSkipAwait } from "./rules/no-skip-await";
import { noSysctls } from "./rules/no-sysctls";
import { noVolumeMounts } from "./rules/no-volume-mounts";
import { priorityClass } from "./rules/priority-class";
import { pulumiOptions } from "./rules/pulumi-options";
import { readOnlyRootFilesystem } from "./rules/read-only-root-filesystem";
import { replicas } from "./rules/replicas";
import { requiredResources } from "./rules/required-resources";
import { resourceQuota } from "./rules/resource-quota";
import type { Rule } from "./rules/rule";
import { runAsNonRoot } from "./rules/run-as-non-root";
import { runtimeClass } from "./rules/runtime-class";
import { scheduledNormally } from "./rules/scheduled-normally";
import { seccompProfile } from "./rules/seccomp-profile";
import { selinuxOptions } from "./rules/selinux-options";
import { serviceTargets } from "./rules/service-targets";
import { serviceType } from "./rules/service-type";
import { singleCluster } from "./rules/single-cluster";
import { terminationBounds } from "./rules/termination-bounds";
import { timeLimitOrder } from "./rules/time-limit-order";
import { timeLimits } from "./rules/time-limits";
import { uniqueNames } from "./rules/unique-names";
import { volumeTypes } from "./rules/volume-types";
import { waivers } from "./rules/waivers";

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
