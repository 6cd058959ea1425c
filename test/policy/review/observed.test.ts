import assert from "node:assert/strict";
import { rules } from "../../../policy/rules/index";
import type { Resource } from "../../../policy/model/resource";
import { stackOf } from "../../../policy/model/stack";
import { compare } from "../../../policy/review/compare";
import { observed } from "../../../policy/review/observed";
import { postureOf, type Posture } from "../../../policy/posture/posture";
import { STACKS } from "../../unit/support/stacks";
import { change, CONTAINER } from "../harness";
import { replaced, resourcesOf, the } from "../stacks";
import { DIFFERENCES } from "./differences";

/** Names of the rules that the stack breaks under a posture. */
function broken(resources: readonly Resource[], posture: Posture): string[] {
    const stack = stackOf(resources);
    return rules.filter((rule) => (rule.scope === "stack" ? rule.check(stack, posture) : resources.flatMap((resource) => rule.check(resource, posture))).length > 0).map(({ name }) => name);
}

describe("policy: what a stack is, in the words of a posture", () => {
    for (const name of STACKS) {
        it(`is just what is approved for ${name}`, async () => {
            const posture = postureOf(name);
            assert.deepEqual(observed(stackOf(await resourcesOf(name)), posture), posture);
        });
    }

    describe("tells apart from what is approved", () => {
        const posture = postureOf("staging");
        let staging: Resource[];
        before(async () => { staging = await resourcesOf("staging"); });

        for (const { what, make, field, looser } of DIFFERENCES) {
            it(`${what}, ${looser ? "a relaxation, which is blocked" : "a tightening, which passes"}`, () => {
                const resources = make(staging);
                const changes = compare(posture, observed(stackOf(resources), posture));
                assert.ok(changes.some((change) => change.field === field && change.looser === looser), JSON.stringify(changes));
                assert.equal(changes.some((change) => change.looser), looser, JSON.stringify(changes));
                assert.equal(broken(resources, posture).length > 0, looser, broken(resources, posture).join());
            });
        }
    });

    it("asks a waived image for no digest, and every other one for its own", async () => {
        const posture = postureOf("staging");
        const digests = DIFFERENCES.find(({ what }) => what === "digests everywhere")?.make(await resourcesOf("staging")) ?? [];
        const python = the(digests, "Deployment", "evaluator-python");
        const resources = replaced(digests, python, change(python, `${CONTAINER}.image`, `${posture.services["evaluator-python"]?.image ?? ""}:1`));
        const waiver = { rule: "approved-images", resource: "Deployment wikifunctions/evaluator-python", reason: "no digest yet", ticket: "T1", owner: "sec", expires: "2027-01-01", daysLeft: 3 };
        assert.deepEqual([[], [waiver]].map((waivers) => observed(stackOf(resources), { ...posture, waivers }).requireDigests), [false, true]);
    });

    it("keeps as approved what a waiver excuses, and only that", async () => {
        const posture = postureOf("staging");
        const more = DIFFERENCES.find(({ what }) => what === "more CPU");
        const resources = more?.make(await resourcesOf("staging")) ?? [];
        const waiver = { rule: "cpu-limits", resource: "Deployment wikifunctions/evaluator-python", reason: "measuring", ticket: "T1", owner: "sec", expires: "2027-01-01", daysLeft: 3 };
        const looserUnder = (waivers: Posture["waivers"]) => compare(posture, observed(stackOf(resources), { ...posture, waivers })).filter(({ looser }) => looser).map(({ field }) => field);
        assert.deepEqual(looserUnder([waiver]), []);
        for (const other of [{ daysLeft: -1 }, { rule: "memory-limits" }, { resource: "Deployment wikifunctions/orchestrator" }]) {
            assert.deepEqual(looserUnder([{ ...waiver, ...other }]), ["services.evaluator-python.ceilings.cpu"], JSON.stringify(other));
        }
    });
});
