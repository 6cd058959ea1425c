import { configMapOf } from "../../infra/apparmor/pod";
import { renderProfiles } from "../../infra/apparmor/profiles";
/** Somebody writes to the cluster with `kubectl`; the words of a refusal, or nothing where it has to pass. */
export interface Attempt {
    readonly what: string;
    readonly args: readonly string[];
    /** Name of the policy that refuses, without the namespace, where none of those on pods does so before; or Pod Security. */
    readonly refusedBy?: string;
    /** What `kubectl` reads, if anything. */
    readonly input?: unknown;
}

const IN = ["--namespace", "wikifunctions"];
const LOADER = ["--namespace", "wikifunctions-apparmor"];
const label = (labels: unknown): string => JSON.stringify({ metadata: { labels } });
const LOOSE = label({ "pod-security.kubernetes.io/enforce": "privileged" });
const status = (what: string, body: unknown, ...more: readonly string[]): readonly string[] => ["patch", what, "--subresource=status", "--type=merge", "--patch", JSON.stringify(body), ...more];
/** The garbage collector deletes what is nobody's. */
const NOBODYS = { metadata: { ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", name: "nobody", uid: "00000000-0000-0000-0000-000000000000" }] } };
const ALLOW_ALL = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "open", namespace: "wikifunctions" }, spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] } };
const RUNTIME = { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name: "corpus", labels: { "app.kubernetes.io/part-of": "wikifunctions", "app.kubernetes.io/managed-by": "pulumi" } }, handler: "corpus" };

/** By an administrator who is no deployer. */
export const BY_OTHERS: readonly Attempt[] = [
    { what: "scales a service", args: ["scale", "deployment/orchestrator", "--replicas=1", ...IN], refusedBy: "objects" },
    { what: "edits a service", args: ["set", "env", "deployment/orchestrator", "A=b", ...IN], refusedBy: "objects" },
    { what: "restarts a service's rollout", args: ["rollout", "restart", "deployment/orchestrator", ...IN], refusedBy: "objects" },
    { what: "deletes a service", args: ["delete", "deployment/orchestrator", ...IN], refusedBy: "objects" },
    { what: "runs a pod", args: ["run", "intruder", "--image=intruder", ...IN], refusedBy: "Pod Security" },
    { what: "opens the network", args: ["create", "--filename=-"], input: ALLOW_ALL, refusedBy: "objects" },
    { what: "deletes the default deny", args: ["delete", "networkpolicy/default-deny", ...IN], refusedBy: "objects" },
    { what: "deletes all NetworkPolicies at once", args: ["delete", "--raw", "/apis/networking.k8s.io/v1/namespaces/wikifunctions/networkpolicies"], refusedBy: "objects" },
    { what: "raises the quota", args: ["patch", "resourcequota/sandbox", "--type=merge", "--patch", "{\"spec\":{\"hard\":{\"pods\":\"100\"}}}", ...IN], refusedBy: "objects" },
    { what: "deletes the limit range", args: ["delete", "limitrange/sandbox", ...IN], refusedBy: "objects" },
    { what: "changes the policies' parameters", args: ["delete", "configmap/admission", ...IN], refusedBy: "objects" },
    { what: "changes the profiles", args: ["delete", `configmap/${configMapOf(renderProfiles().all.map(({ name }) => name))}`, ...LOADER], refusedBy: "objects" },
    { what: "deletes the profile loader", args: ["delete", "daemonset/apparmor-loader", ...LOADER], refusedBy: "objects" },
    { what: "asks for a token of a service's account", args: ["create", "token", "orchestrator", ...IN], refusedBy: "objects" },
    { what: "grants an account rights", args: ["create", "rolebinding", "more", "--clusterrole=admin", "--serviceaccount=wikifunctions:orchestrator", ...IN], refusedBy: "objects" },
    { what: "labels the namespace", args: ["patch", "namespace/wikifunctions", "--type=merge", "--patch", LOOSE], refusedBy: "cluster-objects" },
    { what: "labels the namespace by way of its status", args: ["patch", "namespace/wikifunctions", "--subresource=status", "--type=merge", "--patch", LOOSE], refusedBy: "cluster-objects" },
    { what: "annotates the namespace by way of its status", args: status("namespace/wikifunctions", { metadata: { annotations: { "scheduler.alpha.kubernetes.io/node-selector": "none=such" } } }), refusedBy: "cluster-objects" },
    { what: "says by way of its status that the quota is nobody's", args: status("resourcequota/sandbox", NOBODYS, ...IN), refusedBy: "objects" },
    { what: "says by way of its status that the loader is nobody's", args: status("daemonset/apparmor-loader", NOBODYS, ...LOADER), refusedBy: "objects" },
    { what: "says by way of its status that a Service is nobody's", args: status("service/orchestrator", NOBODYS, ...IN), refusedBy: "objects" },
    { what: "says that the quota is larger than it is", args: status("resourcequota/sandbox", { status: { hard: { pods: "100" } } }, ...IN), refusedBy: "objects" },
    { what: "holds a service by way of its status against being deleted", args: status("deployment/orchestrator", { metadata: { finalizers: ["example.org/never"] } }, ...IN), refusedBy: "objects" },
    { what: "takes away the label that the policies find the namespace by", args: ["label", "namespace/wikifunctions", "kubernetes.io/metadata.name-"], refusedBy: "cluster-objects" },
    { what: "deletes the namespace", args: ["delete", "namespace/wikifunctions", "--wait=false"], refusedBy: "cluster-objects" },
    { what: "deletes the priority class", args: ["delete", "priorityclass/wikifunctions-sandbox"], refusedBy: "cluster-objects" },
    { what: "makes a namespace of its own", args: ["create", "namespace", "other"] },
    { what: "deletes a policy's binding, which no policy can judge", args: ["delete", "validatingadmissionpolicybinding/wikifunctions-pods", "--dry-run=server"] },
];

/** On a pod of the orchestrator, POD, by an administrator who is no deployer. */
export const ON_A_POD: readonly Attempt[] = [
    { what: "runs a command in a pod", args: ["exec", "POD", ...IN, "--", "id"], refusedBy: "connections" },
    { what: "attaches to a pod", args: ["attach", "POD", ...IN], refusedBy: "connections" },
    { what: "forwards a port of a pod", args: ["port-forward", "POD", "6254", ...IN], refusedBy: "connections" },
    { what: "asks a pod by way of the API server", args: ["get", "--raw", "/api/v1/namespaces/wikifunctions/pods/POD/proxy/"], refusedBy: "connections" },
    { what: "asks a service by way of the API server", args: ["get", "--raw", "/api/v1/namespaces/wikifunctions/services/orchestrator/proxy/"], refusedBy: "connections" },
    { what: "gives a pod other labels", args: ["label", "pod/POD", "app.kubernetes.io/instance=nobody", "--overwrite", ...IN], refusedBy: "objects" },
    { what: "gives a pod other labels by way of its status", args: ["patch", "pod/POD", "--subresource=status", "--type=merge", "--patch", label({ "app.kubernetes.io/instance": "nobody" }), ...IN], refusedBy: "objects" },
    { what: "gives a pod more", args: ["patch", "pod/POD", "--subresource=resize", "--patch", JSON.stringify({ spec: { containers: [{ name: "orchestrator", resources: { limits: { cpu: "4" } } }] } }), ...IN], refusedBy: "objects" },
    { what: "says of a pod what a kubelet says", args: status("pod/POD", { status: { message: "seen" } }, ...IN), refusedBy: "objects" },
    { what: "deletes a pod, and another comes", args: ["delete", "pod/POD", "--wait=false", ...IN] },
];

/** By the deployer, past Pulumi. */
export const BY_DEPLOYERS: readonly Attempt[] = [
    { what: "runs a command in a pod", args: ["exec", "POD", ...IN, "--", "id"], refusedBy: "connections" },
    { what: "says that the quota is larger than it is", args: status("resourcequota/sandbox", { status: { hard: { pods: "100" } } }, ...IN), refusedBy: "objects" },
    { what: "asks for a token of a service's account", args: ["create", "token", "orchestrator", ...IN], refusedBy: "objects" },
    { what: "scales a service beyond the stack", args: ["scale", "deployment/orchestrator", "--replicas=3", ...IN], refusedBy: "replicas" },
    { what: "runs a pod", args: ["run", "intruder", "--image=intruder", ...IN], refusedBy: "Pod Security" },
    { what: "sets an image from elsewhere", args: ["set", "image", "deployment/orchestrator", "orchestrator=registry.example.org/intruder:1", ...IN], refusedBy: "services" },
    { what: "adds a variable", args: ["set", "env", "deployment/orchestrator", "NODE_OPTIONS=--require=/tmp/x", ...IN], refusedBy: "services" },
    { what: "gives more time", args: ["set", "env", "deployment/orchestrator", "ORCHESTRATOR_TIMEOUT_MS=60000", ...IN], refusedBy: "services" },
    { what: "gives more memory", args: ["set", "resources", "deployment/orchestrator", "--limits=memory=1Gi", ...IN], refusedBy: "services" },
    { what: "gives less memory", args: ["set", "resources", "deployment/orchestrator", "--limits=memory=500Mi", ...IN] },
    { what: "scales a service down and up again", args: ["scale", "deployment/evaluator-lua", "--replicas=0", ...IN] },
    { what: "makes a class of runtimes", args: ["create", "--filename=-"], input: RUNTIME },
    { what: "deletes a class of runtimes, whatever has to be collected before", args: ["delete", "runtimeclass/corpus", "--cascade=foreground", "--timeout=10s"] },
    { what: "opens the network, which is the preview's to judge", args: ["create", "--dry-run=server", "--filename=-"], input: ALLOW_ALL },
];
