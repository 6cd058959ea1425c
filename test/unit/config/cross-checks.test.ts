import assert from "node:assert/strict";
import { report } from "../../../infra/config/problem";
import { validate } from "../../../infra/config/validate";
import { changed, raw, valuesOf, type StackName, type Values } from "../support/stacks";

function complaints(values: Values): string[] {
    const result = validate(raw(values));
    return "problems" in result ? report("local", result.problems).split("\n").slice(1) : [];
}

type Changes = Readonly<Record<string, unknown>>;
const DIGEST = `sha256:${"0".repeat(64)}`;

/** What is changed together, in which stack, and all that is said about it; nothing means that it is fine. */
const CASES: readonly [string, StackName, Changes, readonly string[]][] = [
    ["an evaluator as slow as the orchestrator", "local", { "evaluators.lua.timeoutMs": 9700 },
        ["evaluators.lua.timeoutMs is 9700; allowed: less than orchestrator.timeoutMs, 9700"]],
    ["an evaluator just faster", "local", { "evaluators.lua.timeoutMs": 9699 }, []],
    ["a pool that does not fit", "local", { "evaluators.lua.wasmtimeMemoryPages": 4097 },
        ["evaluators.lua.memoryOvercommit is 1; allowed: at least 1.1, because processPoolSize × wasmtimeMemoryPages is 0.5 GiB and resources.limits.memory 512Mi"]],
    ["a pool that just fits", "local", { "evaluators.lua.wasmtimeMemoryPages": 4096 }, []],
    ["production's pool without saying so", "production", { "evaluators.javascript.memoryOvercommit": 1 },
        ["evaluators.javascript.memoryOvercommit is 1; allowed: at least 4.6, because processPoolSize × wasmtimeMemoryPages is 9.16 GiB and resources.limits.memory 2Gi"]],
    ["a request above its limit", "local", { "orchestrator.resources.requests.memory": "513Mi" },
        ['orchestrator.resources.requests.memory is "513Mi"; allowed: at most the limit, 512Mi']],
    ["a limit above the limit range", "local", { "limitRange.container.cpu": "900m" }, ["python", "javascript", "lua"]
        .map((language) => `evaluators.${language}.resources.limits.cpu is "1"; allowed: at most limitRange.container.cpu, 900m`)],
    ["a limit above what a pod may have", "staging", { "limitRange.pod.memory": "1023Mi" }, ["orchestrator", "evaluators.python", "evaluators.javascript"]
        .map((key) => `${key}.resources.limits.memory is "1Gi"; allowed: at most limitRange.pod.memory, 1023Mi`)],
    ["a quota without room for a rolling update", "local", { "quota.cpu": "8" },
        ['quota.cpu is "8"; allowed: at least 8.5 CPU, the limits of all replicas and of one more each during a rolling update']],
    ["a quota with just enough room", "local", { "quota.cpu": "8500m" }, []],
    ["a quota of too few pods", "local", { "quota.pods": 9 },
        ["quota.pods is 9; allowed: at least 10, all replicas and one more each during a rolling update"]],
    ["services scaled to nothing", "local", { "orchestrator.replicas": 0, "quota.cpu": "7" }, []],
    ["a runtime that costs something itself", "local", { "runtimeClasses": { gvisor: { handler: "runsc", overhead: { cpu: "1", memory: "64Mi" } } }, "evaluators.python.runtimeClassName": "gvisor", "quota.cpu": "11" },
        ['quota.cpu is "11"; allowed: at least 11.5 CPU, the limits of all replicas and of one more each during a rolling update']],
    ["a runtime class that nobody has", "local", { "evaluators.python.runtimeClassName": "gvisor" },
        ['evaluators.python.runtimeClassName is "gvisor"; allowed: one of runtimeClasses: there are none']],
    ["a runtime class of the cluster's own", "local", { "runtimeClasses": { kata: {} }, "evaluators.python.runtimeClassName": "kata" }, []],
    ["tags where digests are required", "local", { requireDigests: true }, ["apparmor", "orchestrator", "evaluators.python", "evaluators.javascript", "evaluators.lua"]
        .map((key) => `${key}.image.digest is missing; allowed: a digest for every image, because requireDigests is true`)],
    ["digests where they are required", "staging", {
        "requireDigests": true, "apparmor.image.digest": DIGEST, "orchestrator.image.digest": DIGEST,
        "evaluators.python.image.digest": DIGEST, "evaluators.javascript.image.digest": DIGEST,
    }, []],
    ["a language that two evaluators claim", "local", { "evaluators.lua.programmingLanguages": ["lua", "Z610"] },
        ['evaluators.lua.programmingLanguages has "Z610"; allowed: names that evaluators.python does not have']],
    ["a language without a usual name", "local", { "evaluators.lua.programmingLanguages": undefined },
        ["evaluators.lua.programmingLanguages is missing; allowed: the orchestrator's names for this language, which has no usual one"]],
    ["a loader inside the sandbox", "local", { "apparmor.namespace": "wikifunctions" },
        ['apparmor.namespace is "wikifunctions"; allowed: another namespace than the sandbox\'s own']],
    ["a loader that skips nodes", "local", { "apparmor.nodeSelector": { disk: "ssd" } },
        ['apparmor.nodeSelector.disk is "ssd"; allowed: only labels that nodeSelector has too, so that the profiles are on every node a workload can reach']],
    ["a loader on the workloads' nodes", "local", { "apparmor.nodeSelector": { disk: "ssd" }, "nodeSelector": { disk: "ssd", zone: "a" } }, []],
    ["protected measures in whichever cluster", "staging", { clusterId: "" },
        ['clusterId is ""; allowed: the uid of the cluster\'s namespace kube-system (kubectl get namespace kube-system -o jsonpath={.metadata.uid}), because protect is true']],
    ["nothing protected, in whichever cluster", "staging", { clusterId: "", protect: false }, []],
];

describe("configuration values that contradict each other", () => {
    for (const [title, stack, changes, expected] of CASES) {
        it(`${title}: ${expected.length === 0 ? "fine" : "refused"}`, () => {
            const values = Object.entries(changes).reduce((all, [path, value]) => changed(all, path, value), valuesOf(stack));
            assert.deepEqual(complaints(values), expected.map((line) => `wikifunctions:${line}`));
        });
    }
});
