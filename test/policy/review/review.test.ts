import assert from "node:assert/strict";
import type { Resource, Value } from "../../../policy/model/resource";
import { objectsOf, onDay, postureFileOf } from "../../../policy/posture/files";
import { parse } from "../../../policy/posture/approved/file";
import { nameOf } from "../../../policy/posture/approved/identity";
import type { Posture, PostureFile } from "../../../policy/posture/posture";
import { review } from "../../../policy/review/review";
import { change, CONTAINER, CONTEXT, POD } from "../harness";
import { replaced, resourcesOf, the } from "../stacks";

const DAY = "2026-11-24";
const STACK = "staging";
const LIMIT = `${CONTAINER}.resources.limits.memory`;

function postureWith(more: Partial<PostureFile> = {}, objects = objectsOf(STACK)): Posture {
    return onDay({ ...postureFileOf(STACK), ...more }, objects, DAY);
}

describe("policy: review of a stack", () => {
    let staging: Resource[];
    before(async () => { staging = await resourcesOf(STACK); });

    const edited = (path: string, to: Value, kind = "Deployment", name = "evaluator-python"): Resource[] => {
        const resource = the(staging, kind, name);
        return replaced(staging, resource, change(resource, path, to));
    };
    const linesOf = (resources: readonly Resource[], posture = postureWith()): string[] =>
        review(resources, posture).changes.map(({ object, path, approved, now, verdict }) => [verdict, object, path, approved ?? "-", now ?? "-"].join(" "));

    it("finds nothing in a stack that is as approved, and would write the same file", () => {
        const posture = postureWith();
        const { changes, forbidden, next } = review(staging, posture);
        assert.deepEqual({ changes, forbidden }, { changes: [], forbidden: [] });
        assert.deepEqual(parse("x", next).map(nameOf), posture.objects.map(nameOf));
        assert.deepEqual(linesOf(staging, postureWith({}, parse("x", next))), []);
    });

    const CHANGES: Readonly<Record<string, readonly [path: string, to: Value, line: RegExp]>> = {
        "a higher limit": [LIMIT, "2Gi", /^looser Deployment wikifunctions\/evaluator-python spec.*memory "1Gi" "2Gi"$/],
        "a lower limit": [LIMIT, "900Mi", /^tighter .* "1Gi" "900Mi"$/],
        "another release": [`${CONTAINER}.image`, "docker-registry.wikimedia.org/repos/abstract-wiki/wikifunctions/function-evaluator/rusty-py:2027-01-01-000000", /^neutral .*rusty-py:2027-01-01-000000"$/],
        "a field that nobody has approved": [`${POD}.hostname`, "db-1", /^looser .* - "db-1"$/],
        "a field that is gone": [`${CONTAINER}.livenessProbe`, undefined, /^looser .*livenessProbe.* -$/],
    };
    for (const [what, [path, to, line]] of Object.entries(CHANGES)) {
        it(`tells ${what}, and approves it`, () => {
            const resources = edited(path, to);
            const lines = linesOf(resources);
            assert.ok(lines.some((each) => line.test(each)), lines.join("\n"));
            const { forbidden, next } = review(resources, postureWith());
            assert.deepEqual(forbidden, []);
            assert.deepEqual(linesOf(resources, postureWith({}, parse("x", next))), []);
        });
    }

    it("tells what relaxes first, then what tightens, then what does neither", () => {
        const deployment = the(staging, "Deployment", "evaluator-python");
        const all = [["metadata.labels.team", "a"], [LIMIT, "900Mi"], [`${POD}.hostname`, "db-1"]] as const;
        const resources = replaced(staging, deployment, all.reduce((resource, [path, to]) => change(resource, path, to), deployment));
        assert.deepEqual(linesOf(resources).map((line) => line.split(" ")[0]), ["looser", "tighter", "neutral"]);
    });

    it("tells an object that is missing, and one that nobody has approved", () => {
        const [budget, deny, policy] = [["ServiceAccount", "evaluator-python"], ["NetworkPolicy", "default-deny"], ["NetworkPolicy", "orchestrator-to-dns-egress"]]
            .map(([kind = "", name = ""]) => staging.find(({ type, props }) => type.endsWith(`:${kind}`) && (props["metadata"] as { name: string }).name === name));
        const without = (gone: Resource | undefined): string[] => linesOf(staging.filter((resource) => resource !== gone));
        assert.deepEqual(without(budget), ["looser ServiceAccount wikifunctions/evaluator-python  there -"]);
        assert.deepEqual(without(deny).map((line) => line.split(" ")[0]), ["looser"]);
        assert.deepEqual(without(policy), ["tighter NetworkPolicy wikifunctions/orchestrator-to-dns-egress  there -"]);
        const added = change(change(budget as Resource, "metadata.name", "spare"), "automountServiceAccountToken", false);
        assert.deepEqual(linesOf([...staging, { ...added, urn: `${added.urn}-spare` }]), ["looser ServiceAccount wikifunctions/spare  - there"]);
    });

    it("tells a changed admission policy as a change to approve, not as forbidden by the floor", () => {
        const policy = the(staging, "ValidatingAdmissionPolicy", "wikifunctions-pods");
        const resources = replaced(staging, policy, change(policy, "spec.validations", []));
        const { changes, forbidden } = review(resources, postureWith());
        assert.deepEqual([changes.map(({ verdict, path }) => [verdict, path]), forbidden], [[["looser", "spec.validations"]], []]);
    });

    it("names what the floor forbids, which nobody can approve", () => {
        const { forbidden } = review(edited(`${CONTEXT}.privileged`, true), postureWith());
        assert.deepEqual(forbidden, [`no-privileged-containers: Deployment wikifunctions/evaluator-python: ${CONTEXT}.privileged is true; it must be false or left out`]);
        const open = review(staging.filter(({ name }) => name !== "sandbox-default-deny"), postureWith()).forbidden.join();
        assert.match(open, /default-deny: the stack: the default deny of namespace wikifunctions is missing/);
    });

    const HIDDEN = { retainOnDelete: true, deletedWith: "urn:x", replaceOnChanges: ["spec"], others: ["pluginDownloadURL"] };
    for (const [option, value] of Object.entries(HIDDEN)) {
        it(`sees ${option}, which Pulumi doesn't tell to policies`, () => {
            const resources = staging.map((resource) => (resource.name === "evaluator-python" ? { ...resource, options: { ...resource.options, [option]: value } } : resource));
            assert.match(review(resources, postureWith()).forbidden.join("\n"), new RegExp(`pulumi-options: Deployment wikifunctions/evaluator-python: the option ${option === "others" ? "pluginDownloadURL" : option} is`));
        });
    }

    it("leaves what is waived as it is approved, and tells it once the waiver has expired", () => {
        const waiver = { rule: "approved-objects", resource: "Deployment wikifunctions/evaluator-python", path: LIMIT, reason: "a load test", ticket: "T1", owner: "security", expires: DAY };
        const more = edited(LIMIT, "2Gi");
        const { changes, forbidden, next } = review(more, postureWith({ waivers: [waiver] }));
        assert.deepEqual({ changes, forbidden }, { changes: [], forbidden: [] });
        assert.deepEqual(linesOf(staging, postureWith({}, parse("x", next))), []);
        const late = review(more, postureWith({ waivers: [{ ...waiver, expires: "2026-11-23" }] }));
        assert.deepEqual(late.changes.map(({ verdict }) => verdict), ["looser"]);
        assert.match(late.forbidden.join(), /waivers: the stack: the waiver of approved-objects .* is expired since 2026-11-23/);
    });
});
