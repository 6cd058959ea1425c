import { UNKNOWN, type Value } from "../../../policy/model/resource";
import { resourceQuota } from "../../../policy/rules/resource-quota";
import { quota } from "../good-stack";
import { change, judge } from "../harness";

const HARD = "spec.hard";
const [CPU, MEMORY, STORAGE] = ["cpu", "memory", "ephemeral-storage"].map((name) => `${HARD}["limits.${name}"]`) as [string, string, string];
const PODS = `${HARD}.pods`;

/** Namespaces that exempt from nothing. */
const ELSEWHERE: readonly Value[] = [UNKNOWN, undefined, null, "default", ["wikifunctions"]];

judge(
    resourceQuota,
    {
        good: quota,
        passes: {
            "the same, written otherwise": [[CPU, "6000m"], [MEMORY, "2147483648"], [STORAGE, "1048576Ki"], [PODS, 10]],
            "less": [[CPU, 0.5], [MEMORY, "1e9"], [STORAGE, "0"], [PODS, "0"]],
            "further bounds": [[`${HARD}["requests.cpu"]`, "1"]],
            "scopes of null": [["spec.scopes", null], ["spec.scopeSelector", null]],
        },
        blocks: {
            "more CPU": [CPU, "7"],
            "a thousandth of a core more": [CPU, "6001m"],
            "more CPU, as a number": [CPU, 6.5],
            "no bound on CPU": [CPU, undefined],
            "a bound on CPU of null": [CPU, null],
            "an unknown bound on CPU": [CPU, UNKNOWN],
            "CPU below nothing, which Kubernetes refuses": [CPU, "-1"],
            "more memory": [MEMORY, "3Gi"],
            "a byte of memory more": [MEMORY, "2147483649"],
            "more memory in scientific notation": [MEMORY, "1e10"],
            "memory that can't be read": [MEMORY, "2gi"],
            "an empty bound on memory": [MEMORY, ""],
            "a bound on memory that is true": [MEMORY, true],
            "a bound on memory in a list": [MEMORY, ["1Gi"]],
            "no bound on memory": [MEMORY, undefined],
            "more storage": [STORAGE, "1025Mi"],
            "no bound on storage": [STORAGE, undefined],
            "more pods": [PODS, 11],
            "more pods, as a text": [PODS, "1k"],
            "no bound on pods": [PODS, undefined],
            "a bound of another case": [HARD, { "Limits.Cpu": "6", "limits.memory": "2Gi", "limits.ephemeral-storage": "1Gi", pods: "10" }, CPU],
            "bounds on requests only": [HARD, { "requests.cpu": "6", "requests.memory": "2Gi", "requests.ephemeral-storage": "1Gi", pods: "10" }, MEMORY],
            "no bounds": [HARD, undefined, PODS],
            "unknown bounds": [HARD, UNKNOWN, PODS],
            "bounds that are a list": [HARD, [{ pods: "10" }], PODS],
            "no spec": ["spec", undefined, CPU],
            "an unknown spec": ["spec", UNKNOWN, "spec.scopes"],
            "a scope": ["spec.scopes", ["BestEffort"]],
            "an unknown scope": ["spec.scopes", UNKNOWN],
            "a selector of scopes": ["spec.scopeSelector", { matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: ["other"] }] }],
            "an unknown selector of scopes": ["spec.scopeSelector", UNKNOWN],
        },
    },
    // A second one with looser values is judged like the first, whatever it is called and wherever it says to be.
    ...ELSEWHERE.map((namespace, index) => ({
        good: { ...change(quota, "metadata.namespace", namespace), name: `quota ${String(index)}` },
        blocks: { "more pods": [PODS, 11] as const },
    })),
    { good: { ...quota, type: "kubernetes:core/v1:ResourceQuotaPatch", name: "patch" }, blocks: { "more pods": [PODS, 11] } },
    { good: { ...quota, type: "kubernetes:core/v1:ConfigMap", name: "disguise" }, blocks: { "more pods": [PODS, 11] } },
    {
        good: { ...change(change(quota, "metadata.namespace", "wikifunctions-apparmor"), PODS, "100"), name: "loader's quota" },
        blocks: { "the sandbox's namespace": ["metadata.namespace", "wikifunctions", PODS] },
    },
);
