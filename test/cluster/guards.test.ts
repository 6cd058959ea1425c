import assert from "node:assert/strict";
import execa from "execa";
import { GUARDS, NO_GUARD } from "../../evidence/guards";
import { MEASURES } from "../../policy/model/violation";
import { TestCluster } from "./cluster";
import { ATTEMPTS } from "./guards";
import { Program } from "./program";

const APPLY = ["apply", "--server-side", "--force-conflicts", "--dry-run=server", "--output=json", "--filename=-"];

describe("what the cluster itself refuses", function () {
    this.timeout(600_000);
    let cluster: TestCluster;

    before(async function () {
        cluster = await TestCluster.start(this, "what the cluster itself refuses");
        const program = await Program.copy(cluster.env);
        try {
            // Smaller than a pod of the largest size, so that the quota has something to refuse.
            await program.edit({ file: "Pulumi.local.yaml", from: "memory: 8Gi", to: "memory: 6Gi" });
            await program.pulumi("stack", "init", "local");
            const { exitCode, output } = await program.pulumi("up", "--stack", "local", "--policy-pack", "policy", "--yes");
            assert.equal(exitCode, 0, output);
        } finally {
            await program.remove();
        }
    });

    after(() => (cluster as TestCluster | undefined)?.stop());

    for (const measure of MEASURES) {
        for (const { what, manifest, refused, becomes } of ATTEMPTS[measure]) {
            it(`${measure}: ${what} ${refused === undefined ? "passes" : "is refused"}`, async () => {
                const { exitCode, stdout, stderr } = await execa("kubectl", APPLY, { env: cluster.env, input: JSON.stringify(manifest), reject: false });
                assert.equal(exitCode === 0, refused === undefined, stdout + stderr);
                assert.match(stderr, refused ?? /^(?!.*forbidden)/);
                assert.match(stdout, becomes ?? /^/);
            });
        }

        it(`${measure}: the table of README.md says so`, () => {
            assert.equal(ATTEMPTS[measure].some(({ refused }) => refused !== undefined), GUARDS[measure] !== NO_GUARD);
        });
    }
});
