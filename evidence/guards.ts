import type { Measure } from "../policy/model/violation";

/** Said where Kubernetes itself does nothing against a relaxation. */
export const NO_GUARD = "—";

const LIMITS = "LimitRange: nothing above its maximum, which is also the limit of a container without one; ResourceQuota: nothing above the sum";
const RUNTIME = "A RuntimeClass that doesn't exist is refused; leaving it out is not";

/** What the cluster refuses by itself, past any preview, beside the admission policies. test/cluster/guards.ts tries each of them. */
export const GUARDS: Readonly<Record<Measure, string>> = {
    "time-limit": NO_GUARD,
    memory: LIMITS,
    cpu: LIMITS,
    network: "Pod Security: no host network; ResourceQuota: no LoadBalancer, no NodePort",
    "read-only-root": NO_GUARD,
    "no-privilege-escalation": "Pod Security: neither privilege escalation nor privileged containers",
    capabilities: "Pod Security: ALL dropped, no root",
    selinux: "Pod Security: no user or role, and only types for containers",
    seccomp: "Pod Security: neither Unconfined nor unset",
    apparmor: "Pod Security: never Unconfined, but unset passes; the kubelet starts no pod whose profile its node hasn't loaded",
    gvisor: RUNTIME,
    kata: RUNTIME,
    firecracker: RUNTIME,
    admission: "Pod Security Admission at `restricted`",
};
