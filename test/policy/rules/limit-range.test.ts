import { UNKNOWN, type Value } from "../../../policy/model/resource";
import { limitRange as rule } from "../../../policy/rules/limit-range";
import { posture } from "../fixtures";
import { limitRange } from "../good-stack";
import { change, judge } from "../harness";

const LIMITS = "spec.limits";
const [CONTAINER, POD] = [`${LIMITS}[0]`, `${LIMITS}[1]`];
const most = { cpu: "6", memory: "2Gi", "ephemeral-storage": "1Gi" };

/** Namespaces that exempt from nothing. */
const ELSEWHERE: readonly Value[] = [UNKNOWN, undefined, null, "default", ["wikifunctions"]];

judge(
    rule,
    {
        good: limitRange,
        passes: {
            "the same, written otherwise": [[`${CONTAINER}.max.memory`, "2147483648"], [`${POD}.max.cpu`, 6]],
            "less": [[`${CONTAINER}.max.cpu`, 0.5], [`${POD}.max.memory`, "1e9"]],
            "its entries in another order": [[LIMITS, [{ type: "Pod", max: most }, { type: "Container", max: most }]]],
            "defaults and least values, which its max bounds": [[`${CONTAINER}.default`, { cpu: "1" }], [`${CONTAINER}.defaultRequest`, { cpu: "1" }], [`${CONTAINER}.min`, { cpu: "1m" }]],
        },
        blocks: {
            "more CPU for a container": [`${CONTAINER}.max.cpu`, "6001m"],
            "more memory for a container": [`${CONTAINER}.max.memory`, "2147483649"],
            "more memory in scientific notation": [`${CONTAINER}.max.memory`, "3e9"],
            "more storage for a container": [`${CONTAINER}.max.ephemeral-storage`, "2Gi"],
            "more CPU for a pod": [`${POD}.max.cpu`, 7],
            "more memory for a pod": [`${POD}.max.memory`, "1Ti"],
            "more storage for a pod": [`${POD}.max.ephemeral-storage`, "1.1Gi"],
            "no bound on memory": [`${CONTAINER}.max.memory`, undefined],
            "a bound of null": [`${POD}.max.cpu`, null],
            "an unknown bound": [`${POD}.max.cpu`, UNKNOWN],
            "a bound below nothing, which Kubernetes refuses": [`${POD}.max.cpu`, "-1"],
            "a bound that can't be read": [`${POD}.max.memory`, "2GB"],
            "a bound that is true": [`${POD}.max.memory`, true],
            "defaults in place of a max": [CONTAINER, { type: "Container", default: most }, `${CONTAINER}.max.cpu`],
            "an unknown max": [`${CONTAINER}.max`, UNKNOWN, `${CONTAINER}.max.cpu`],
            "a max of storage by the posture's name": [`${CONTAINER}.max`, { cpu: "6", memory: "2Gi", ephemeralStorage: "1Gi" }, `${CONTAINER}.max.ephemeral-storage`],
            "no entry for a container": [LIMITS, [{ type: "Pod", max: most }], LIMITS],
            "no entry for a pod": [LIMITS, [{ type: "Container", max: most }], LIMITS],
            "a second, looser entry": [`${LIMITS}[2]`, { type: "Container", max: { ...most, cpu: "100" } }, `${LIMITS}[2].max.cpu`],
            "an entry of another case": [`${CONTAINER}.type`, "container"],
            "an entry of another type": [`${LIMITS}[2]`, { type: "PersistentVolumeClaim", max: { storage: "1Ti" } }, `${LIMITS}[2].type`],
            "an entry of no type": [`${LIMITS}[2]`, { max: most }, `${LIMITS}[2].type`],
            "an entry of a type that is unknown": [`${LIMITS}[2]`, { type: UNKNOWN, max: most }, `${LIMITS}[2].type`],
            "an unknown entry": [`${LIMITS}[2]`, UNKNOWN, `${LIMITS}[2].type`],
            "an entry of null": [`${LIMITS}[2]`, null, `${LIMITS}[2].type`],
            "no entries": [LIMITS, [], LIMITS],
            "unknown entries": [LIMITS, UNKNOWN, LIMITS],
            "one entry instead of a list": [LIMITS, { type: "Container", max: most }, LIMITS],
            "no spec": ["spec", undefined, LIMITS],
        },
    },
    // Wherever it says to be, unless that is the loader's namespace.
    ...ELSEWHERE.map((namespace, index) => ({
        good: { ...change(limitRange, "metadata.namespace", namespace), name: `limit range ${String(index)}` },
        blocks: { "more CPU": [`${POD}.max.cpu`, "7"] as const },
    })),
    { good: { ...limitRange, type: "kubernetes:core/v1:LimitRangePatch", name: "patch" }, blocks: { "more CPU": [`${POD}.max.cpu`, "7"] } },
    { good: { ...limitRange, type: "kubernetes:core/v1:ConfigMap", name: "disguise" }, blocks: { "more CPU": [`${POD}.max.cpu`, "7"] } },
    {
        good: { ...change(change(limitRange, "metadata.namespace", "wikifunctions-apparmor"), LIMITS, []), name: "loader's limit range" },
        blocks: { "the sandbox's namespace": ["metadata.namespace", "wikifunctions", LIMITS] },
    },
    {
        good: { ...limitRange, name: "larger pod" },
        posture: { limitRange: { container: posture.limitRange.container, pod: { cpu: "12", memory: "2Gi", ephemeralStorage: "1Gi" } } },
        passes: { "what a pod may have": [[`${POD}.max.cpu`, "12"]] },
        blocks: { "what only a pod may have": [`${CONTAINER}.max.cpu`, "12"] },
    },
);
