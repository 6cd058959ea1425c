import { UNKNOWN } from "../../../policy/model/resource";
import type { ResourceRule } from "../../../policy/rules/rule";
import { evaluator } from "../fixtures";
import { CONTAINER, judge, POD } from "../harness";

interface Amounts {
    /** As the rule takes it from `resources.limits`. */
    readonly name: "cpu" | "memory" | "ephemeral-storage";
    /** A limit that isn't the evaluator's, above its request. */
    readonly otherLimit: string | number;
    /** The evaluator's limit as a request, written otherwise. */
    readonly requestAtLimit?: string;
    readonly requestAboveLimit: string;
}

/** What every rule on limits demands, of one resource. */
export function judgeLimits(rule: ResourceRule, { name, otherLimit, requestAtLimit, requestAboveLimit }: Amounts): void {
    const [limit, request] = [`${CONTAINER}.resources.limits.${name}`, `${CONTAINER}.resources.requests.${name}`];
    judge(rule, {
        good: evaluator,
        passes: {
            "another limit, written otherwise": [[limit, otherLimit]],
            ...(requestAtLimit === undefined ? {} : { "a request that reaches the limit": [[request, requestAtLimit]] }),
        },
        blocks: {
            "no limit": [limit, undefined],
            "a limit of null": [limit, null],
            "no request": [request, undefined],
            "a limit of nothing": [limit, "0"],
            "a negative limit": [limit, "-1"],
            "a limit that can't be read": [limit, "plenty"],
            "an unknown limit": [limit, UNKNOWN],
            "a request above the limit": [request, requestAboveLimit],
            "no resources at all": [`${CONTAINER}.resources`, undefined, limit],
            "an init container without limits": [`${POD}.initContainers`, [{ name: "init" }], `${POD}.initContainers[0].resources.limits.${name}`],
        },
    });
}
