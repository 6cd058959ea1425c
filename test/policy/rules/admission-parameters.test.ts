import { admissionParameters } from "../../../policy/rules/admission-parameters";
import * as fixtures from "../fixtures";
import { judge } from "../harness";

const at = (key: string): string => `data["${key}"]`;
const TIME = at("orchestrator.env.ORCHESTRATOR_TIMEOUT_MS");

judge(
    admissionParameters,
    {
        good: fixtures.admissionParameters,
        passes: {
            "less than is approved": [[at("orchestrator.memory"), "512Mi"], [at("orchestrator.replicas"), "0"], [TIME, "100"]],
            "all that is approved": [[at("orchestrator.cpu"), "6"], [at("orchestrator.replicas"), "4"], [TIME, "10000"]],
            "variables that bound nothing": [[at("orchestrator.env.WIKI_API_URL"), "http://wiki:4451"], [at("evaluator-python.env.MAX_REQUESTS_PER_ID"), "100"]],
            "a runtime that nobody asked for": [[at("evaluator-python.runtimeClass"), "gvisor"]],
            "another version of the profile": [[at("orchestrator.profile"), "wikifunctions-orchestrator-0123456789ab"]],
        },
        blocks: {
            "another name": ["metadata.name", "settings"],
            "binary data": ["binaryData", { a: "" }],
            "no data": ["data", undefined],
            "another priority": ["data.priorityClass", "system-node-critical"],
            "tags": ["data.requireDigests", "false"],
            "tags unsaid": ["data.requireDigests", undefined],
            "another loader": [at("apparmor-loader.image"), "registry.example.org/eve/loader"],
            "another image": [at("orchestrator.image"), "registry.example.org/eve/orchestrator"],
            "a shorter image": [at("orchestrator.image"), "registry.example.org"],
            "another role": [at("evaluator-python.role"), "orchestrator"],
            "another service's profile": [at("evaluator-python.profile"), "wikifunctions-orchestrator-0123456789ab"],
            "somebody else's profile": [at("evaluator-python.profile"), "docker-default"],
            "a profile that is no text": [at("evaluator-python.profile"), ["wikifunctions-evaluator-python-0123456789ab"]],
            "a variable that is no text": [at("evaluator-python.env.MAX_REQUESTS_PER_ID"), 100],
            "a runtime that is no text": [at("evaluator-python.runtimeClass"), 7],
            "more memory": [at("evaluator-python.memory"), "3Gi"],
            "more CPU": [at("evaluator-python.cpu"), "7"],
            "more storage": [at("evaluator-python.ephemeralStorage"), "2Gi"],
            "more replicas": [at("evaluator-python.replicas"), "5"],
            "replicas that are no number": [at("evaluator-python.replicas"), "many"],
            "a longer time": [TIME, "10001"],
            "no time limit": [TIME, "0"],
            "a time limit left out": [TIME, undefined],
            "a time limit that is no text": [TIME, 9700],
            "a pool left out": [at("evaluator-python.env.EXECUTOR_PROCESS_POOL_SIZE"), undefined],
            "pages that bound nothing": [at("evaluator-python.env.WASMTIME_MEMORY_PAGES"), "all"],
            "a parameter that is null, an empty text to the cluster": ["data.priorityClass", null],
            "a nameserver that is no text": [at("orchestrator.nameserver"), 10],
            "a number that is written otherwise": [at("evaluator-python.replicas"), "0x1"],
            "a name that every object has": ["data.constructor", "x"],
            "a variable that no image reads": [at("evaluator-python.env.LD_PRELOAD"), "x"],
            "a service that nobody approved": [at("miner.role"), "evaluator"],
            "data that nobody can read": ["data", "unreadable"],
        },
    },
    {
        good: fixtures.admissionParameters,
        posture: { requireDigests: false },
        passes: { "tags": [["data.requireDigests", "false"]], "digests": [["data.requireDigests", "true"]] },
        blocks: {
            "neither": ["data.requireDigests", "maybe"],
            "neither, in no words": ["data.requireDigests", ""],
        },
    },
    {
        good: { ...fixtures.admissionParameters, props: { ...fixtures.admissionParameters.props, data: { ...(fixtures.admissionParameters.props["data"] as object), "evaluator-python.runtimeClass": "gvisor" } } },
        posture: { services: { ...fixtures.posture.services, "evaluator-python": { ...fixtures.posture.services["evaluator-python"], minRuntimeClass: "gvisor" } } } as Partial<typeof fixtures.posture>,
        blocks: {
            "another runtime": [at("evaluator-python.runtimeClass"), "runc"],
            "no runtime": [at("evaluator-python.runtimeClass"), undefined],
        },
    },
);
