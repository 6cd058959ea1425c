import assert from "node:assert/strict";
import type { Resource } from "../../../policy/model/resource";
import { onDay, postureFileOf, problemsIn } from "../../../policy/posture/posture";
import { review } from "../../../policy/review/review";
import { change, CONTEXT } from "../harness";
import { replaced, resourcesOf, the } from "../stacks";
import { DIFFERENCES } from "./differences";
import { withProfile } from "./profiles";

const DAY = "2026-11-24";
const file = postureFileOf("staging");

describe("policy: review of a stack", () => {
    let staging: Resource[];
    before(async () => { staging = await resourcesOf("staging"); });
    const evaluator = (path: string, to: boolean | undefined) => {
        const deployment = the(staging, "Deployment", "evaluator-python");
        return replaced(staging, deployment, change(deployment, path, to));
    };

    it("finds nothing in a stack that is as approved, and would write the same posture", () => {
        assert.deepEqual(review(staging, file, DAY), { changes: [], forbidden: [], next: file, profiles: {}, waivers: [] });
    });

    /** The admission policies' parameters follow from the stack file, and these differences are made past it. */
    const withoutParameters = (lines: readonly string[]): string[] => lines.filter((line) => !line.startsWith("admission-parameters: "));

    /** No posture approves these: there is no bound, peer or port to write down, and a new service needs a profile of its own first. */
    const BEYOND = ["a service more", "no memory limit", "every port", "a range of ports", "everybody", "a stranger", "a second resolver"];
    for (const { what, make, field } of DIFFERENCES) {
        it(`${BEYOND.includes(what) ? "refuses to approve" : "approves"} ${what}`, () => {
            const { changes, forbidden, next } = review(make(staging), file, DAY);
            assert.ok(changes.some((each) => each.field === field));
            if (BEYOND.includes(what)) {
                assert.ok(forbidden.length > 0);
                return;
            }
            assert.deepEqual(withoutParameters(forbidden), []);
            assert.deepEqual(problemsIn(next), []);
            const again = review(make(staging), next, DAY);
            assert.deepEqual({ ...again, forbidden: withoutParameters(again.forbidden) }, { changes: [], forbidden: [], next, profiles: {}, waivers: [] });
        });
    }

    it("names what the floor forbids, which no posture can approve", () => {
        const privileged = review(evaluator(`${CONTEXT}.privileged`, true), file, DAY);
        assert.deepEqual(privileged.changes, []);
        assert.deepEqual(privileged.forbidden, [`no-privileged-containers: Deployment wikifunctions/evaluator-python: ${CONTEXT}.privileged is true; it must be false or left out`]);
        assert.match(review(staging.filter(({ name }) => name !== "sandbox-default-deny"), file, DAY).forbidden.join(), /default-deny: the stack: the default deny of namespace wikifunctions is missing/);
    });

    it("sees the option that Pulumi doesn't tell to policies", () => {
        const retained = staging.map((resource) => (resource.name === "evaluator-python" ? { ...resource, options: { ...resource.options, retainOnDelete: true } } : resource));
        assert.match(review(retained, file, DAY).forbidden.join("\n"), /pulumi-options: Deployment wikifunctions\/evaluator-python: the option retainOnDelete is true/);
    });

    it("leaves what is waived as it is approved, and forbids it once the waiver has expired", () => {
        const waiver = { rule: "cpu-limits", resource: "Deployment wikifunctions/evaluator-python", reason: "a load test", ticket: "T1", owner: "security", expires: DAY };
        const more = DIFFERENCES.find(({ what }) => what === "more CPU")?.make(staging) ?? [];
        const waived = { ...file, waivers: [waiver] };
        assert.deepEqual(review(more, waived, DAY), { changes: [], forbidden: [], next: waived, profiles: {}, waivers: [{ ...waiver, daysLeft: 0 }] });
        assert.match(review(more, waived, "2026-11-25").forbidden.join(), /waivers: the stack: the waiver of cpu-limits .* is expired since 2026-11-24/);
    });

    const PYTHON = "wikifunctions-evaluator-python";

    it("shows an edited profile, and which text would be approved with it", () => {
        for (const [from, to, looser] of [["  /dev/null rw,\n", "", false], ["  /dev/null rw,\n", "  /dev/null rw,\n  /etc/machine-id r,\n", true]] as const) {
            const { changes, forbidden, profiles, next } = review(withProfile(staging, PYTHON, from, to), file, DAY);
            assert.deepEqual(changes.map(({ field, looser: is }) => [field, is]), [[`profiles.${PYTHON}`, looser]]);
            assert.deepEqual([forbidden, next], [[], file]);
            assert.deepEqual(Object.keys(profiles), [PYTHON]);
            assert.equal(profiles[PYTHON], onDay(file, DAY).profiles[PYTHON]?.replace(from, to));
        }
    });

    it("forbids a profile that the floor forbids, whatever is approved with it", () => {
        for (const line of ["capability sys_admin,", "/etc/shadow ux,", "change_profile,"]) {
            const { changes, forbidden } = review(withProfile(staging, PYTHON, "  /dev/null rw,\n", `  /dev/null rw,\n  ${line}\n`), file, DAY);
            assert.deepEqual(changes.map(({ looser }) => looser), [true]);
            assert.match(forbidden.join("\n"), /^apparmor-profile-contents: ConfigMap wikifunctions-apparmor\/apparmor-profiles/, line);
        }
    });

    it("writes services and edges in the order in which they stood", () => {
        const order = (names: readonly string[]) => names.join();
        const { next } = review([...staging].reverse(), file, DAY);
        assert.equal(order(Object.keys(next.services)), order(Object.keys(file.services)));
        assert.deepEqual(next.edges, file.edges);
        assert.equal(JSON.stringify(next), JSON.stringify(file));
    });
});
