import assert from "node:assert/strict";
import { findingsIn, isOpen, judge } from "../../policy/judge";
import { stackOf } from "../../policy/model/stack";
import { rules } from "../../policy/rules/index";
import { evaluator, goodPosture as posture, goodStack } from "./good-stack";
import { change, CONTAINER, CONTEXT, POD } from "./harness";

const namesOf = (path: string, to: string | boolean, held = posture): string[] =>
    findingsIn(rules, change(evaluator, path, to), held).filter(isOpen).map(({ rule }) => rule.name);

describe("policy: one runner for all rules", () => {
    it("finds nothing in a good stack", () => {
        assert.deepEqual(judge(rules, stackOf(goodStack), posture), []);
    });

    it("tells a field once where a rule of the floor objects to it, and by the approved object where none does", () => {
        assert.deepEqual(namesOf(`${CONTEXT}.privileged`, true), ["no-privileged-containers"]);
        assert.deepEqual(namesOf(`${POD}.hostname`, "db-1"), ["approved-objects"]);
    });

    it("tells what nobody has approved although a waiver excuses what another rule says of the same field", () => {
        const services = { "evaluator-python": { role: "evaluator" as const, minRuntimeClass: "gvisor" } };
        const waiver = { rule: "runtime-class", resource: "Deployment wikifunctions/evaluator-python", reason: "x", ticket: "T", owner: "o", expires: "2027-01-31", daysLeft: 3 };
        assert.deepEqual(namesOf(`${POD}.runtimeClassName`, "runc", { ...posture, services }), ["runtime-class"]);
        assert.deepEqual(namesOf(`${POD}.runtimeClassName`, "runc", { ...posture, services, waivers: [waiver] }), ["approved-objects"]);
    });

    it("finds the same in a resource by itself and in a stack, and tells waived findings with their waiver", () => {
        const weak = change(evaluator, `${CONTAINER}.resources.limits.cpu`, "7");
        const waiver = { rule: "approved-objects", resource: "Deployment wikifunctions/evaluator-python", path: `${CONTAINER}.resources.limits.cpu`, reason: "x", ticket: "T", owner: "o", expires: "2027-01-31", daysLeft: 3 };
        const waived = { ...posture, waivers: [waiver] };
        const alone = findingsIn(rules, weak, waived);
        const within = judge(rules, stackOf(goodStack.map((resource) => (resource === evaluator ? weak : resource))), waived);
        assert.deepEqual(alone.map((finding) => [finding.waiver, isOpen(finding)]), [[waiver, false]]);
        assert.deepEqual(within, alone);
    });
});
