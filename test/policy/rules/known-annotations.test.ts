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
            "words of a team": [[onPods("example.org/docs"), "x"], [onPods("example.org/owner"), UNKNOWN]],
            "room for others": [[onPods("cluster-autoscaler.kubernetes.io/safe-to-evict"), "true"]],
            "one of null": [[onPods("k8s.v1.cni.cncf.io/networks"), null]],
            "any on the Deployment itself, which no pod gets": [[own("example.org/docs"), "x"]],
        },
        blocks: {
            "a second network": [onPods("k8s.v1.cni.cncf.io/networks"), "host-device"],
            "another kernel for Kata Containers": [onPods("io.katacontainers.config.hypervisor.kernel"), "/x"],
            "the node's network for gVisor": [onPods("dev.gvisor.flag.network"), "host"],
            "one that only begins like a known one": [onPods("kubernetes.io/description.x"), "x"],
            "one that only ends like a known one": [onPods("x.prometheus.io/port"), "x"],
            "words in a domain of Kubernetes": [onPods("networking.k8s.io/docs"), "x"],
            "words that go on": [onPods("example.org/docs/network"), "x"],
            "words of no domain": [onPods("docs"), "x", `${ANNOTATIONS}.docs`],
            "no room for others": [onPods("cluster-autoscaler.kubernetes.io/safe-to-evict"), "false"],
            "room that isn't known": [onPods("cluster-autoscaler.kubernetes.io/safe-to-evict"), UNKNOWN],
            "a name of the language": [onPods("constructor"), "x", `${ANNOTATIONS}.constructor`],
            "one that nobody knows": [onPods("example.org/network"), "x"],
            "annotations that aren't known": [ANNOTATIONS, UNKNOWN, `${ANNOTATIONS}[?]`],
        },
    },
    { good: loader, blocks: { "a second network": [onPods("k8s.v1.cni.cncf.io/networks"), "host-device"] } },
    { good: namespace, passes: { "words": [[own("kubernetes.io/description"), "sandbox"]] }, blocks: { "tolerations for all pods": [own("scheduler.alpha.kubernetes.io/defaultTolerations"), "[]"] } },
    { good: account, blocks: { "a role in the cloud": [own("eks.amazonaws.com/role-arn"), "x"] } },
);
