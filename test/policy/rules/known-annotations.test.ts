import { UNKNOWN } from "../../../policy/model/resource";
import { knownAnnotations } from "../../../policy/rules/known-annotations";
import { evaluator, loader, namespace, resource } from "../fixtures";
import { ANNOTATIONS, judge } from "../harness";

const account = resource("kubernetes:core/v1:ServiceAccount", "account", { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "evaluator-python", namespace: "wikifunctions" } });
const onPods = (key: string): string => `${ANNOTATIONS}["${key}"]`;
const own = (key: string): string => `metadata.annotations["${key}"]`;

judge(
    knownAnnotations,
    {
        good: evaluator,
        passes: {
            "words": [[onPods("kubernetes.io/description"), "evaluates"]],
            "the container that kubectl looks at": [[onPods("kubectl.kubernetes.io/default-container"), "evaluator"]],
            "a restart": [[onPods("kubectl.kubernetes.io/restartedAt"), "2026-11-25T00:00:00Z"]],
            "settings of the scraper": [[onPods("prometheus.io/port"), "9090"]],
            "those that have rules of their own": [[onPods("container.apparmor.security.beta.kubernetes.io/evaluator"), "x"], [onPods("container.seccomp.security.alpha.kubernetes.io/evaluator"), "x"], [onPods("seccomp.security.alpha.kubernetes.io/pod"), "x"]],
            "one of null": [[onPods("k8s.v1.cni.cncf.io/networks"), null]],
            "any on the Deployment itself, which no pod gets": [[own("example.org/docs"), "x"]],
        },
        blocks: {
            "a second network": [onPods("k8s.v1.cni.cncf.io/networks"), "host-device"],
            "another kernel for Kata Containers": [onPods("io.katacontainers.config.hypervisor.kernel"), "/x"],
            "the node's network for gVisor": [onPods("dev.gvisor.flag.network"), "host"],
            "one that only begins like a known one": [onPods("kubernetes.io/description.x"), "x"],
            "one that only ends like a known one": [onPods("x.prometheus.io/port"), "x"],
            "one that nobody knows": [onPods("example.org/docs"), "x"],
            "annotations that aren't known": [ANNOTATIONS, UNKNOWN, `${ANNOTATIONS}[?]`],
        },
    },
    { good: loader, blocks: { "a second network": [onPods("k8s.v1.cni.cncf.io/networks"), "host-device"] } },
    { good: namespace, passes: { "words": [[own("kubernetes.io/description"), "sandbox"]] }, blocks: { "tolerations for all pods": [own("scheduler.alpha.kubernetes.io/defaultTolerations"), "[]"] } },
    { good: account, blocks: { "a role in the cloud": [own("eks.amazonaws.com/role-arn"), "x"] } },
);
