import assert from "node:assert/strict";
import { Guarded, violationOf } from "./guarded";
import type { Edit } from "../../evidence/edit";

const LUA = "tag: placeholder }\n      replicas: 1\n      resources:\n        requests: { cpu: 100m, memory: 200Mi, ephemeralStorage: 32Mi }\n        limits: { cpu: ";
const MORE_CPU: Edit = { file: "Pulumi.local.yaml", from: `${LUA}"1"`, to: `${LUA}"1500m"` };
const LESS_CPU: Edit = { ...MORE_CPU, to: `${LUA}"500m"` };
const RETAINED: Edit = { file: "infra/workload.ts", from: "{ dependsOn: [account], customTimeouts", to: "{ retainOnDelete: true, dependsOn: [account], customTimeouts" };
const PRIVILEGED: Edit = { file: "infra/security.ts", from: "privileged: false", to: "privileged: true" };
/** The program no longer knows a key for the cluster's id. */
const NAMELESS: readonly Edit[] = [
    { file: "Pulumi.yaml", from: "  clusterId:\n    type: string\n    description: >-\n", to: "  formerId:\n    type: string\n    default: \"\"\n    description: >-\n" },
    { file: "Pulumi.local.yaml", from: '  wikifunctions:clusterId: ""\n', to: "" },
    { file: "infra/config/schema.ts", from: 'or "" for any cluster`),', to: 'or "" for any cluster`).default(""), formerId: text(/^$/, "nothing"),' },
    { file: "infra/config/read.ts", from: '"clusterId", ', to: '"clusterId", "formerId", ' },
];
const POSTURE = "policy/postures/local.json";
const APPROVED = "policy/approved/local.yaml";
const CPU = "spec.template.spec.containers[0].resources.limits.cpu";
const WAIVER = { rule: "approved-objects", reason: "a load test", ticket: "T1", owner: "security", expires: "2999-12-31" };
/** The admission policies are told of the same number. */
const WAIVERS = [
    { ...WAIVER, resource: "Deployment wikifunctions/evaluator-lua", path: CPU },
    { ...WAIVER, resource: "ConfigMap wikifunctions/admission", path: 'data["evaluator-lua.cpu"]' },
];

describe("cluster: npm run posture", function () {
    this.timeout(600_000);
    let guarded: Guarded;
    before(async () => { guarded = await Guarded.start(); });
    after(() => guarded?.stop());
    afterEach(() => guarded.program.restore(MORE_CPU, RETAINED, PRIVILEGED, ...NAMELESS, { ...MORE_CPU, file: POSTURE }, { ...MORE_CPU, file: APPROVED }));

    it("finds the stack just as approved", async () => {
        const { exitCode, output } = await guarded.posture("diff", "local");
        assert.equal(exitCode, 0, output);
        assert.match(output, /^Just as approved\.$/m);
    });

    it("prints a relaxation that the pack blocks, and once it is approved the preview passes", async () => {
        await guarded.program.edit(MORE_CPU);
        const blocked = await guarded.preview();
        assert.notEqual(blocked.exitCode, 0);
        assert.match(blocked.output, violationOf("approved-objects"));
        const { exitCode, output } = await guarded.posture("diff", "local");
        assert.equal(exitCode, 1, output);
        assert.ok(output.includes(`  Deployment wikifunctions/evaluator-lua: ${CPU}: "1500m", approved is "1"`), output);

        assert.equal((await guarded.posture("approve", "local")).exitCode, 0);
        const passing = await guarded.preview();
        assert.equal(passing.exitCode, 0, passing.output);
    });

    const waive = async (waivers: readonly object[]): Promise<void> =>
        guarded.write(POSTURE, JSON.stringify({ ...JSON.parse(await guarded.read(POSTURE)) as object, waivers }));

    it("lets a waiver excuse the same relaxation, and the preview says for how long", async () => {
        await guarded.program.edit(MORE_CPU);
        await waive(WAIVERS);
        const waived = await guarded.preview();
        assert.equal(waived.exitCode, 0, waived.output);
        assert.match(waived.output, /\[advisory\] +waived/);
        assert.match(waived.output, /approved-objects on Deployment wikifunctions\/evaluator-lua \(.*cpu\) waived until 2999-12-31, \d+ days left: a load test \(T1, security\)/);

        await guarded.write(POSTURE, (await guarded.read(POSTURE)).replaceAll("2999", "2020"));
        const expired = await guarded.preview();
        assert.notEqual(expired.exitCode, 0);
        assert.match(expired.output, violationOf("approved-objects"));
    });

    it("blocks a waiver of nothing, and one that names no field", async () => {
        await waive(WAIVERS.slice(0, 1));
        const { exitCode, output } = await guarded.preview();
        assert.notEqual(exitCode, 0);
        assert.match(output, violationOf("waivers"));
        assert.match(output, /without anything to waive/);
        await waive([{ ...WAIVER, resource: "Deployment wikifunctions/evaluator-lua" }]);
        const wide = await guarded.preview();
        assert.notEqual(wide.exitCode, 0);
        assert.match(wide.output, /waivers\[0\]\.path is missing/);
    });

    it("blocks everything where the file of what is approved is malformed", async () => {
        await guarded.write(APPROVED, (await guarded.read(APPROVED)).replace("kind: ConfigMap\n", "kind: ConfigMap # fine\n"));
        const { exitCode, output } = await guarded.preview();
        assert.notEqual(exitCode, 0);
        assert.match(output, /policy\/approved\/local\.yaml:3: the file isn't in the form/);
    });

    it("blocks a stack that names no cluster where the posture does", async () => {
        await guarded.program.edit(...NAMELESS);
        const anywhere = await guarded.preview();
        assert.equal(anywhere.exitCode, 0, anywhere.output);
        const id = '"context": "wikifunctions-lab", "id": "00000000-0000-0000-0000-000000000000"';
        await guarded.write(POSTURE, (await guarded.read(POSTURE)).replace('"context": "wikifunctions-lab"', id));
        const { exitCode, output } = await guarded.preview();
        assert.notEqual(exitCode, 0, output);
        assert.match(output, violationOf("known-provider"));
    });

    it("advises to ratchet what is tighter than approved, which passes", async () => {
        await guarded.program.edit(LESS_CPU);
        const { exitCode, output } = await guarded.preview();
        assert.equal(exitCode, 0, output);
        assert.match(output, /\[advisory\] +ratchet/);
        assert.match(output, /limits\.cpu: "500m", approved is "1"/);
        assert.match(output, /npm run posture -- approve local/);
    });

    it("refuses to approve what the floor forbids", async () => {
        await guarded.program.edit(PRIVILEGED);
        const before = await guarded.read(APPROVED);
        const { exitCode, output } = await guarded.posture("approve", "local");
        assert.equal(exitCode, 1, output);
        assert.match(output, /^ {2}no-privileged-containers: Deployment wikifunctions\/evaluator-lua/m);
        assert.match(output, /Nothing is written/);
        assert.equal(await guarded.read(APPROVED), before);
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
