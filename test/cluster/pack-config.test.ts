import assert from "node:assert/strict";
import { Guarded, violationOf } from "./guarded";
import type { Edit } from "../../evidence/edit";

const RULE = "read-only-root-filesystem";
const RELAXED: Edit = { file: "infra/security.ts", from: "readOnlyRootFilesystem: true", to: "readOnlyRootFilesystem: false" };

/** Ways to have Pulumi lower the level of a rule. */
const LOWERED: Readonly<Record<string, object>> = {
    "every rule off": { all: "disabled" },
    "every rule advisory": { all: "advisory" },
    "the one rule off": { [RULE]: "disabled" },
    "the one rule advisory": { [RULE]: { enforcementLevel: "advisory" } },
};

describe("cluster: configuration of the policy pack", function () {
    this.timeout(600_000);
    let guarded: Guarded;
    before(async () => {
        guarded = await Guarded.start();
        await guarded.program.edit(RELAXED);
    });
    after(() => guarded?.stop());

    it("isn't needed: the relaxation passes without the pack, and is blocked with it", async () => {
        const control = await guarded.program.pulumi("preview", "--stack", "local");
        assert.equal(control.exitCode, 0, control.output);
        const blocked = await guarded.preview();
        assert.notEqual(blocked.exitCode, 0);
        assert.match(blocked.output, violationOf(RULE));
    });

    for (const [what, config] of Object.entries(LOWERED)) {
        it(`can't turn ${what}: the preview fails`, async () => {
            await guarded.write("lower.json", JSON.stringify(config));
            const { exitCode, output } = await guarded.preview("--policy-pack-config", "lower.json");
            assert.notEqual(exitCode, 0);
            assert.match(output, /policy pack "wikifunctions" at ".*policy" does not support config/);
        });
    }
});
