import assert from "node:assert/strict";
import { Guarded, violationOf } from "./guarded";
import type { Edit } from "./program";

const MORE_REPLICAS: Edit = { file: "Pulumi.local.yaml", from: "tag: placeholder }\n      replicas: 1", to: "tag: placeholder }\n      replicas: 2" };
const RETAINED: Edit = { file: "infra/workload.ts", from: "{ dependsOn: [account], customTimeouts", to: "{ retainOnDelete: true, dependsOn: [account], customTimeouts" };
const PRIVILEGED: Edit = { file: "infra/security.ts", from: "privileged: false", to: "privileged: true" };
const POSTURE = "policy/postures/local.json";

describe("cluster: npm run posture", function () {
    this.timeout(600_000);
    let guarded: Guarded;
    before(async () => { guarded = await Guarded.start(); });
    after(() => guarded?.stop());
    afterEach(() => guarded.program.restore(MORE_REPLICAS, RETAINED, PRIVILEGED, { ...MORE_REPLICAS, file: POSTURE }));

    it("finds the stack just as approved", async () => {
        const { exitCode, output } = await guarded.posture("diff", "local");
        assert.equal(exitCode, 0, output);
        assert.match(output, /^Just as approved\.$/m);
    });

    it("prints a relaxation that the pack blocks, and once it is approved the preview passes", async () => {
        await guarded.program.edit(MORE_REPLICAS);
        const blocked = await guarded.preview();
        assert.notEqual(blocked.exitCode, 0);
        assert.match(blocked.output, violationOf("replicas"));
        const { exitCode, output } = await guarded.posture("diff", "local");
        assert.equal(exitCode, 1, output);
        assert.match(output, /^ {2}services\.evaluator-lua\.ceilings\.replicas: 2, approved is 1$/m);

        assert.equal((await guarded.posture("approve", "local")).exitCode, 0);
        const passing = await guarded.preview();
        assert.equal(passing.exitCode, 0, passing.output);
    });

    it("lets a waiver excuse the same relaxation, and the preview says for how long", async () => {
        await guarded.program.edit(MORE_REPLICAS);
        const waiver = { rule: "replicas", resource: "Deployment wikifunctions/evaluator-lua", reason: "a load test", ticket: "T1", owner: "security", expires: "2999-12-31" };
        // The admission policies are told of the same number.
        const alike = { ...waiver, rule: "admission-parameters", resource: "ConfigMap wikifunctions/admission" };
        await guarded.write(POSTURE, JSON.stringify({ ...JSON.parse(await guarded.read(POSTURE)) as object, waivers: [waiver, alike] }));
        const waived = await guarded.preview();
        assert.equal(waived.exitCode, 0, waived.output);
        assert.match(waived.output, /\[advisory\] +waived/);
        assert.match(waived.output, /replicas on Deployment wikifunctions\/evaluator-lua waived until 2999-12-31, \d+ days left: a load test \(T1, security\)/);

        await guarded.write(POSTURE, (await guarded.read(POSTURE)).replaceAll("2999", "2020"));
        const expired = await guarded.preview();
        assert.notEqual(expired.exitCode, 0);
        assert.match(expired.output, violationOf("replicas"));
    });

    it("blocks a waiver of nothing", async () => {
        const waiver = { rule: "replicas", resource: "Deployment wikifunctions/evaluator-lua", reason: "a load test", ticket: "T1", owner: "security", expires: "2999-12-31" };
        await guarded.write(POSTURE, JSON.stringify({ ...JSON.parse(await guarded.read(POSTURE)) as object, waivers: [waiver] }));
        const { exitCode, output } = await guarded.preview();
        assert.notEqual(exitCode, 0);
        assert.match(output, violationOf("waivers"));
        assert.match(output, /without anything to waive/);
    });

    it("advises to ratchet what is tighter than approved, which passes", async () => {
        await guarded.write(POSTURE, (await guarded.read(POSTURE)).replace('"replicas": 1', '"replicas": 3'));
        const { exitCode, output } = await guarded.preview();
        assert.equal(exitCode, 0, output);
        assert.match(output, /\[advisory\] +ratchet/);
        assert.match(output, /replicas: 1, approved is 3/);
        assert.match(output, /npm run posture -- approve local/);
    });

    it("refuses to approve what the floor forbids", async () => {
        await guarded.program.edit(PRIVILEGED);
        const before = await guarded.read(POSTURE);
        const { exitCode, output } = await guarded.posture("approve", "local");
        assert.equal(exitCode, 1, output);
        assert.match(output, /^ {2}no-privileged-containers: Deployment wikifunctions\/evaluator-lua/m);
        assert.match(output, /Nothing is written/);
        assert.equal(await guarded.read(POSTURE), before);
    });

    it("sees retainOnDelete, which Pulumi doesn't tell to a policy", async () => {
        await guarded.program.edit(RETAINED);
        const unseen = await guarded.preview();
        assert.equal(unseen.exitCode, 0, unseen.output);
        const { exitCode, output } = await guarded.posture("diff", "local");
        assert.equal(exitCode, 1, output);
        assert.match(output, /pulumi-options: Deployment wikifunctions\/evaluator-lua: the option retainOnDelete is true/);
    });

    it("ends with exit code 2 where the preview fails, and says why", async () => {
        await guarded.program.edit({ file: "Pulumi.local.yaml", from: "timeoutMs: 9700", to: "timeoutMs: -1" });
        const { exitCode, output } = await guarded.posture("diff", "local");
        assert.equal(exitCode, 2, output);
        assert.match(output, /orchestrator\.timeoutMs is -1/);
    });
});
