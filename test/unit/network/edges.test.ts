import assert from "node:assert/strict";
import { edges } from "../../../infra/network/edges";
import { changed, configOf, valuesOf, type Values } from "../support/stacks";

/** `from → to: ports`, a line for each edge. */
function drawn(values: Values): string[] {
    return edges(configOf(values)).map(({ from, to, ports }) => `${from.name} → ${to.name}: ${ports.map(({ port, protocol }) => `${protocol} ${port}`).join(", ")}`);
}

const LOCAL = valuesOf("local");
const ALL = [
    "mediawiki → orchestrator: TCP 6254",
    "orchestrator → evaluator-python: TCP 6927",
    "orchestrator → evaluator-javascript: TCP 6927",
    "orchestrator → evaluator-lua: TCP 6927",
    "orchestrator → ingress: TCP 8443",
    "orchestrator → wiki: TCP 4451",
    "orchestrator → dns: UDP 53, TCP 53",
    "evaluator-python → orchestrator: TCP 4974",
    "scraper → orchestrator: TCP 9100",
    "scraper → evaluator-python: TCP 9090",
    "scraper → evaluator-javascript: TCP 9090",
    "scraper → evaluator-lua: TCP 9090",
];
const without = (...patterns: string[]) => ALL.filter((edge) => !patterns.some((pattern) => edge.includes(pattern)));

/** What the stack says, and the edges that it has then. */
const TABLE: readonly [string, Values, readonly string[]][] = [
    ["the local stack", LOCAL, ALL],
    ["without re-entrance nothing leads back", changed(LOCAL, "evaluators.python.reentrance", false), without("evaluator-python → ")],
    ["without a scraper nobody reads metrics", changed(LOCAL, "scraper", {}), without("scraper")],
    ["without gateways the orchestrator reaches no wiki", changed(LOCAL, "gateways", {}), without("ingress", "wiki:")],
    ["without callers nobody calls", changed(LOCAL, "callers", {}), without("mediawiki")],
    ["without an evaluator nothing leads to it", changed(LOCAL, "evaluators.lua", undefined), without("evaluator-lua")],
    ["a resolver on another port", changed(LOCAL, "dns.port", 5353), ALL.map((edge) => edge.replaceAll(" 53", " 5353"))],
];

describe("edges", () => {
    for (const [title, values, expected] of TABLE) {
        it(title, () => {
            assert.deepEqual(drawn(values), expected);
        });
    }

    for (const stack of ["staging", "production"] as const) {
        it(`let no evaluator of ${stack} reach anything`, () => {
            assert.deepEqual(drawn(valuesOf(stack)).filter((edge) => edge.startsWith("evaluator-")), []);
        });
    }
});
