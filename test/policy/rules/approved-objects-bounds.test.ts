import { UNKNOWN, type Value } from "../../../policy/model/resource";
import { approvedObjects } from "../../../policy/rules/approved-objects";
import { profileOf } from "../fixtures";
import { budget, goodPosture as posture, limitRange, parameters, priorityClass, profiles, quota } from "../good-stack";
import { judge } from "../harness";

const IDENTITY = "its identity";
const at = (key: string): string => `data["${key}"]`;
const [NAME = "", TEXT = ""] = profileOf("orchestrator");
const PROFILE = `data.${NAME}`;
const RANGES = (limitRange.props["spec"] as { readonly limits: Value[] }).limits;
const TIME = at("orchestrator.env.ORCHESTRATOR_TIMEOUT_MS");

judge(
    approvedObjects,
    {
        good: parameters,
        posture,
        passes: {
            "less than is approved": [[at("orchestrator.memory"), "512Mi"], [at("orchestrator.replicas"), "0"], [at("orchestrator.cpu"), "1000m"], [TIME, "100"]],
            "another version of the profile": [[at("orchestrator.profile"), "wikifunctions-orchestrator-0123456789ab"]],
            "parameters that nobody can change": [["immutable", true]],
        },
        blocks: {
            "more memory": [at("orchestrator.memory"), "2Gi"],
            "a number that is written otherwise": [at("orchestrator.replicas"), "0x1"],
            "no bound": [at("orchestrator.cpu"), undefined],
            "a longer time": [TIME, "9701"],
            "no time limit": [TIME, "0"],
            "a time limit left out": [TIME, undefined],
            "tags": ["data.requireDigests", "false"],
            "tags unsaid": ["data.requireDigests", undefined],
            "another priority": ["data.priorityClass", "system-node-critical"],
            "a shorter image": [at("orchestrator.image"), "registry.example.org"],
            "another role": [at("evaluator-python.role"), "orchestrator"],
            "another service's profile": [at("evaluator-python.profile"), "wikifunctions-orchestrator-0123456789ab"],
            "another nameserver": [at("orchestrator.nameserver"), "8.8.8.8"],
            "a variable that no image reads": [at("evaluator-python.env.LD_PRELOAD"), "x"],
            "a service that nobody approved": [at("miner.role"), "evaluator"],
            "a runtime that nobody approved": [at("evaluator-python.runtimeClass"), "runc"],
            "a key that every object has": ["data.constructor", "x"],
            "binary data": ["binaryData", { a: "" }],
            "no data": ["data", undefined, "data.priorityClass"],
            "unknown data": ["data", UNKNOWN],
            "data that is a text": ["data", "unreadable"],
            "a parameter that isn't known": ["data.priorityClass", UNKNOWN],
            "a finalizer": ["metadata.finalizers", ["example.org/never"]],
            "another name": ["metadata.name", "settings", IDENTITY],
        },
    },
    {
        good: profiles,
        posture,
        passes: { "a profile that grants less": [[PROFILE, TEXT.replace("/usr/lib/** mr", "/usr/lib/** r")]], "a profile that denies more": [[PROFILE, TEXT.replace("  deny", "  deny /sys/** w,\n  deny")]] },
        blocks: {
            "a profile that grants more": [PROFILE, TEXT.replace("/usr/lib/** mr", "/usr/** mr"), "data"],
            "a profile that denies less": [PROFILE, TEXT.replace("  deny /proc/** w,\n", ""), "data"],
            "a profile that can't be read": [PROFILE, TEXT.replace("  deny", "  include <x>\n  deny"), "data"],
            "a profile that isn't known": [PROFILE, UNKNOWN, "data"],
            "a profile less": [PROFILE, undefined, "data"],
            "a profile more": ["data.wikifunctions-evaluator-lua-0123456789ab", TEXT, "data"],
            "a profile twice": ["data.wikifunctions-orchestrator-0123456789ab", TEXT, "data"],
            "no data": ["data", undefined],
        },
    },
    {
        good: quota,
        posture,
        passes: { "less": [['spec.hard["limits.cpu"]', "5"], ["spec.hard.pods", 0]], "a bound more": [['spec.hard["requests.cpu"]', "1"]] },
        blocks: {
            "more": ["spec.hard.pods", 11],
            "a bound less": ['spec.hard["limits.memory"]', undefined],
            "secrets": ["spec.hard.secrets", "1"],
            "a bound that isn't known": ["spec.hard.pods", UNKNOWN],
            "a bound that can't be read": ['spec.hard["limits.memory"]', "2gi"],
            "one bound more that can't be read": ['spec.hard["requests.cpu"]', "few"],
            "a scope": ["spec.scopes", ["BestEffort"]],
            "a selector of scopes": ["spec.scopeSelector", { matchExpressions: [] }],
            "unknown bounds": ["spec.hard", UNKNOWN],
            "the loader's namespace": ["metadata.namespace", "wikifunctions-apparmor", IDENTITY],
        },
    },
    {
        good: limitRange,
        posture,
        passes: {
            "less": [["spec.limits[0].max.cpu", "5"]],
            "its entries in another order": [["spec.limits", [...RANGES].reverse()]],
            "a bound on volumes": [["spec.limits[2]", { type: "PersistentVolumeClaim", max: { storage: "0" } }]],
        },
        blocks: {
            "more": ["spec.limits[0].max.cpu", "6001m"],
            "a least value, which no lower limit may be below": ["spec.limits[0].min", { cpu: "5" }, "spec.limits[0].min"],
            "requests by default": ["spec.limits[0].defaultRequest", { cpu: "6" }],
            "a device, which would be everybody's default": ['spec.limits[0].max["devices.kubevirt.io/kvm"]', "1"],
            "a default of nothing, which is no limit": ["spec.limits[0].default", { cpu: "0" }, "spec.limits[0].default.cpu"],
            "a device by default": ["spec.limits[0].default", { "nvidia.com/gpu": "1" }, 'spec.limits[0].default["nvidia.com/gpu"]'],
            "a null, which is read as 0": ["spec.limits[0].max.cpu", null],
            "a bound less": ["spec.limits[1].max.memory", undefined],
            "an entry less": ["spec.limits", RANGES.slice(1), "spec.limits[0].max.memory"],
            "a second entry for a type": ["spec.limits[2]", { type: "Pod", max: { cpu: "6" } }, "spec.limits"],
            "an entry of no type": ["spec.limits[2]", { max: { cpu: "6" } }, "spec.limits"],
            "unknown entries": ["spec.limits", UNKNOWN],
        },
    },
    {
        good: priorityClass,
        posture,
        passes: { "a lower value": [["value", -1001]], "words": [["description", "of the sandbox"]] },
        blocks: {
            "a higher value": ["value", -999],
            "a value that isn't known": ["value", UNKNOWN],
            "no value": ["value", undefined],
            "everybody's": ["globalDefault", true],
            "others pushed out": ["preemptionPolicy", "PreemptLowerPriority"],
            "another name": ["metadata.name", "wikifunctions-sandbox-2", IDENTITY],
            "a name with a hash": ["metadata.name", "wikifunctions-sandbox-0123456789ab"],
        },
    },
    {
        good: budget,
        posture,
        blocks: { "fewer that may go": ["spec.maxUnavailable", 0], "some that have to stay": ["spec.minAvailable", 1], "other pods": ["spec.selector.matchLabels", {}, 'spec.selector.matchLabels["app.kubernetes.io/instance"]'], "a policy that Kubernetes doesn't know": ["spec.unhealthyPodEvictionPolicy", "Never"] },
    },
);
