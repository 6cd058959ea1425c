import assert from "node:assert/strict";
import { summary } from "../../../../commands/preview/summary";
import { objection } from "../../../../policy/model/message";
import { stackOf } from "../../../../policy/model/stack";
import { defaultDeny as rule } from "../../../../policy/rules/default-deny";
import { networkEdges } from "../../../../policy/rules/network-edges";
import { defaultDeny, goodPosture, goodStack } from "../../../policy/good-stack";
import { change } from "../../../policy/harness";

const violation = (words: string) => ({ policyName: "each-resource", message: `What a resource by itself can tell.\n${words}\n` });

describe("npm run preview: what the pack refuses, by rule", () => {
    it("is counted, with the first message of each rule", () => {
        const said = ["memory-limits: one\ntwo", "cpu-limits: three", "memory-limits: four"];
        assert.deepEqual(summary(said.map(violation)), ["3 violations by rule, with the first one of each:", "  memory-limits (2): one two", "  cpu-limits (1): three"]);
    });

    it("isn't said again where there is one violation, or none", () => {
        assert.deepEqual([summary([violation("memory-limits: one")]), summary([])], [[], []]);
    });

    describe("leaves out what follows from another finding", () => {
        const open = stackOf(goodStack.map((each) => (each === defaultDeny ? change(each, "spec.policyTypes", ["Ingress"]) : each)));
        const said = [rule, networkEdges].flatMap(({ name, check }) => check(open, goodPosture).map((found) => violation(`${name}: ${objection(found, found.resource)}`)));
        const lines = (violations: typeof said) => summary(violations).map((line) => line.replace(/(?<=^ {2}[a-z-]+ \(\d+\): ).*(default deny|its egress).*/, "$1"));

        it("and counts it", () => {
            assert.deepEqual(lines([...said, ...said.slice(1)]).slice(1), ["  default-deny (1): default deny", "  network-edges (2): follows from what stands above"]);
        });

        it("but only where that is there, and nothing else of the same rule", () => {
            const [, edge] = said;
            assert.ok(edge !== undefined && said.length === 2);
            assert.deepEqual(lines([edge, edge]).slice(1), ["  network-edges (2): its egress"]);
            assert.deepEqual(lines([...said, violation("network-edges: another")]).slice(1), ["  default-deny (1): default deny", "  network-edges (1): another", "  network-edges (1): follows from what stands above"]);
        });
    });
});
