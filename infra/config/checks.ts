import { AMOUNTS, evaluatorsOf, podsAtMost, servicesOf, totalDemand } from "./demand";
import { PROGRAMMING_LANGUAGES } from "../languages";
import type { Problem } from "./problem";
import { describeQuantity, thousandths } from "./quantity";
import { CLUSTER_ID, type Config } from "./schema";

/** What no single field can tell. Each check names the field that its reader would change. */
type Check = (config: Config) => Problem[];

const WASM_PAGE_BYTES = 65_536;
const MILLI = 1000;

/** An evaluator that outlives its caller computes for nobody. */
const timeouts: Check = (config) => evaluatorsOf(config)
    .filter(({ config: { timeoutMs } }) => timeoutMs >= config.orchestrator.timeoutMs)
    .map(({ language, config: { timeoutMs } }) => (
        { key: `evaluators.${language}.timeoutMs`, is: `is ${timeoutMs}`, allowed: `less than orchestrator.timeoutMs, ${config.orchestrator.timeoutMs}` }
    ));

/** A full pool has to fit in the container, or the stack has to say by how much it does not. */
const poolFitsMemory: Check = (config) => evaluatorsOf(config).flatMap(({ language, config: evaluator }) => {
    const { processPoolSize, wasmtimeMemoryPages, memoryOvercommit, resources } = evaluator;
    const pool = processPoolSize * wasmtimeMemoryPages * WASM_PAGE_BYTES * MILLI;
    const limit = thousandths(resources.limits.memory, "bytes");
    return pool <= limit * memoryOvercommit ? [] : [{
        key: `evaluators.${language}.memoryOvercommit`,
        is: `is ${memoryOvercommit}`,
        allowed: `at least ${Math.ceil(pool / limit * 10) / 10}, because processPoolSize × wasmtimeMemoryPages is ${describeQuantity(pool, "bytes")} and resources.limits.memory ${resources.limits.memory}`,
    }];
});

const requestsWithinLimits: Check = (config) => servicesOf(config).flatMap(({ key, config: { resources } }) => AMOUNTS
    .filter(({ name, kind }) => thousandths(resources.requests[name], kind) > thousandths(resources.limits[name], kind))
    .map(({ name }) => ({
        key: `${key}.resources.requests.${name}`,
        is: `is "${resources.requests[name]}"`,
        allowed: `at most the limit, ${resources.limits[name]}`,
    })));

const limitsWithinRange: Check = (config) => servicesOf(config).flatMap(({ key, config: { resources } }) => AMOUNTS.flatMap(({ name, kind }) => (["container", "pod"] as const)
    .filter((scope) => thousandths(resources.limits[name], kind) > thousandths(config.limitRange[scope][name], kind))
    .map((scope) => ({
        key: `${key}.resources.limits.${name}`,
        is: `is "${resources.limits[name]}"`,
        allowed: `at most limitRange.${scope}.${name}, ${config.limitRange[scope][name]}`,
    }))));

/** A quota too small for a rolling update shows itself in the middle of one. */
const demandWithinQuota: Check = (config) => AMOUNTS.flatMap((amount) => {
    const demand = totalDemand(config, amount);
    return demand <= thousandths(config.quota[amount.name], amount.kind) ? [] : [{
        key: `quota.${amount.name}`,
        is: `is "${config.quota[amount.name]}"`,
        allowed: `at least ${describeQuantity(demand, amount.kind)}, the limits of all replicas and of one more each during a rolling update`,
    }];
});

const podsWithinQuota: Check = (config) => {
    const pods = servicesOf(config).reduce((sum, service) => sum + podsAtMost(service), 0);
    return pods <= config.quota.pods ? [] : [{
        key: "quota.pods",
        is: `is ${config.quota.pods}`,
        allowed: `at least ${pods}, all replicas and one more each during a rolling update`,
    }];
};

const digests: Check = (config) => !config.requireDigests ? [] : [{ key: "apparmor", config: config.apparmor }, ...servicesOf(config)]
    .filter(({ config: { image } }) => image.digest === undefined)
    .map(({ key }) => ({ key: `${key}.image.digest`, is: "is missing", allowed: "a digest for every image, because requireDigests is true" }));

const runtimeClasses: Check = (config) => servicesOf(config)
    .filter(({ runtimeClassName }) => runtimeClassName !== undefined && !(runtimeClassName in config.runtimeClasses))
    .map(({ key, runtimeClassName }) => (
        { key: `${key}.runtimeClassName`, is: `is "${runtimeClassName}"`, allowed: `one of runtimeClasses: ${Object.keys(config.runtimeClasses).join(", ") || "there are none"}` }
    ));

/** The orchestrator could not tell where to send a function that two evaluators claim, or that none has a name for. */
const programmingLanguages: Check = (config) => {
    const claimed = new Map<string, string>();
    return evaluatorsOf(config).flatMap(({ language, config: { programmingLanguages: chosen = PROGRAMMING_LANGUAGES[language] } }) => {
        const key = `evaluators.${language}.programmingLanguages`;
        const taken = chosen?.find((name) => claimed.has(name));
        if (chosen === undefined || taken !== undefined) {
            return [{
                key,
                is: taken === undefined ? "is missing" : `has "${taken}"`,
                allowed: taken === undefined ? "the orchestrator's names for this language, which has no usual one" : `names that evaluators.${claimed.get(taken)} does not have`,
            }];
        }
        chosen.forEach((name) => claimed.set(name, language));
        return [];
    });
};

/** The loader's namespace admits privileged pods, so that nothing else may live there. */
const separateNamespaces: Check = ({ namespace, apparmor }) => namespace !== apparmor.namespace ? [] : [
    { key: "apparmor.namespace", is: `is "${apparmor.namespace}"`, allowed: "another namespace than the sandbox's own" },
];

/** A node that takes workloads but no loader would reject each of them. */
const loaderOnEveryNode: Check = ({ nodeSelector, apparmor }) => Object.entries(apparmor.nodeSelector)
    .filter(([key, value]) => nodeSelector[key] !== value)
    .map(([key, value]) => (
        { key: `apparmor.nodeSelector.${key}`, is: `is "${value}"`, allowed: "only labels that nodeSelector has too, so that the profiles are on every node a workload can reach" }
    ));

/** What is worth protecting is worth a look at where it goes. */
const protectedClusterIsKnown: Check = ({ protect, clusterId }) => !protect || clusterId !== "" ? [] : [
    { key: "clusterId", is: 'is ""', allowed: `${CLUSTER_ID}, because protect is true` },
];

const CHECKS: readonly Check[] = [
    timeouts, poolFitsMemory, requestsWithinLimits, limitsWithinRange, demandWithinQuota, podsWithinQuota,
    digests, runtimeClasses, programmingLanguages, separateNamespaces, loaderOnEveryNode, protectedClusterIsKnown,
];

/** Everything that is wrong between fields that are right each for itself. */
export function crossChecks(config: Config): Problem[] {
    return CHECKS.flatMap((check) => check(config));
}
