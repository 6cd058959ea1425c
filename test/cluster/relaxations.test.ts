import assert from "node:assert/strict";
import { MEASURES } from "../../policy/model/violation";
import { TestCluster } from "./cluster";
import { Program } from "./program";
import { relaxations, unseen } from "../../evidence/relaxations";

const STACK = ["--stack", "local"] as const;
const PACK = ["--policy-pack", "policy"] as const;
const APPROVED = { file: "policy/approved/local.yaml", from: "", to: "" };

/** That a rule is in violation, as Pulumi prints it below the policy. */
function violationOf(rule: string): RegExp {
    return new RegExp(`^\\s+- \\[mandatory\\][^]*^\\s+${rule}: `, "m");
}

describe("a preview of a relaxation", function () {
    this.timeout(600_000);
    let cluster: TestCluster;
    let program: Program;

    const deploy = async (): Promise<void> => {
        const { exitCode, output } = await program.pulumi("up", ...STACK, "--yes", ...PACK);
        assert.equal(exitCode, 0, output);
    };

    before(async function () {
        cluster = await TestCluster.start(this, "previews of relaxations on the embedded cluster");
        program = await Program.copy(cluster.env);
        const { exitCode, output } = await program.pulumi("stack", "init", "local");
        assert.equal(exitCode, 0, output);
        await deploy();
    });

    after(async () => {
        // Unset where the suite is skipped.
        await (program as Program | undefined)?.remove();
        await (cluster as TestCluster | undefined)?.stop();
    });

    it("is tried for every measure", () => {
        assert.deepEqual(MEASURES.filter((id) => !relaxations.some(({ measure }) => measure === id)), []);
    });

    for (const { measure, rule, what, edits, approved = [] } of relaxations) {
        it(`${measure}: with ${what} is blocked by ${rule}, and passes without the pack`, async () => {
            try {
                await program.edit(...approved);
                if (approved.length > 0) {
                    await program.approve("local");
                    await deploy();
                }
                const before = await cluster.wanted();
                await program.edit(...edits);
                // At the same time: one of them uses little more than one processor, and a preview locks nothing.
                const [{ exitCode, output }, control] = await Promise.all([program.pulumi("preview", ...STACK, ...PACK), program.pulumi("preview", ...STACK)]);
                assert.notEqual(exitCode, 0, output);
                assert.match(output, violationOf(rule), output);
                assert.deepEqual(await cluster.wanted(), before);
                assert.equal(control.exitCode, 0, control.output);
                assert.doesNotMatch(control.output, /^Policies:/m);
            } finally {
                await program.restore(...approved, ...edits, APPROVED);
            }
        });
    }

    it("can't hide from an update what it shows to no preview", async () => {
        const [kind, namespace, name] = unseen.object;
        const isThere = async (): Promise<boolean> => (await cluster.kubectl("get", kind, "--namespace", namespace, "--output", "name")).includes(`/${name}`);
        await program.edit(...unseen.edits);
        try {
            const { exitCode, output } = await program.pulumi("up", ...STACK, "--yes", ...PACK);
            assert.notEqual(exitCode, 0, output);
            assert.match(output, violationOf(unseen.rule), output);
            assert.equal(await isThere(), false, output);
            const control = await program.pulumi("up", ...STACK, "--yes", "--skip-preview");
            assert.equal(control.exitCode, 0, control.output);
            assert.equal(await isThere(), true, control.output);
        } finally {
            await program.restore(...unseen.edits);
        }
    });
});
