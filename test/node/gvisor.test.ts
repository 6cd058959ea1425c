import assert from "node:assert/strict";
import type { Edit } from "../cluster/program";
import { NodeSetting } from "./setting";

const EVALUATOR = "evaluator-python";
const POSTURE = "policy/postures/local.json";
const STACK = "Pulumi.local.yaml";
const AT = "      reentrance: true\n";
/** The Python evaluator on gVisor, as a stack file and the posture say it. */
const ON_GVISOR: readonly Edit[] = [
    { file: STACK, from: AT, to: `${AT}      runtimeClassName: gvisor\n` },
    { file: STACK, from: "config:\n", to: "config:\n  wikifunctions:runtimeClasses:\n    gvisor: { handler: runsc }\n" },
    { file: POSTURE, from: "function-evaluator/rusty-py\",", to: "function-evaluator/rusty-py\",\n      \"minRuntimeClass\": \"gvisor\"," },
];

describe("gVisor, on a node", function () {
    this.timeout(900_000);
    let setting: NodeSetting;
    let pod: string;

    before(async function () {
        setting = await NodeSetting.get(this);
        const program = setting.program;
        const since = Date.now();
        await program.edit(...ON_GVISOR);
        const { exitCode, output } = await program.pulumi("up", "--stack", "local", "--yes", "--policy-pack", "policy");
        assert.equal(exitCode, 0, output);
        pod = await setting.untilReady(EVALUATOR, since);
    });

    after(async function () {
        if ((pod as string | undefined) !== undefined) {
            const program = setting.program;
            await program.restore(...ON_GVISOR);
            const { exitCode, output } = await program.pulumi("up", "--stack", "local", "--yes", "--policy-pack", "policy");
            assert.equal(exitCode, 0, output);
        }
    });

    it("answers an evaluator's system calls in the kernel's place", async () => {
        const version = await setting.evaluate(pod, "print(open('/proc/version').read())");
        assert.doesNotMatch(version, /Debian/);
        assert.match(await setting.observer.file("/proc/version"), /Debian/);
    });

    it("keeps the limits, the user and the root that can't be written to", async () => {
        const said = await setting.evaluate(pod, "import os\ntry: open('/x', 'w')\nexcept OSError as e: print(e.errno)\nprint(os.getuid())\nprint(open('/proc/self/status').read())");
        assert.deepEqual(said.split("\n").slice(0, 2), ["30", "900"]);
        assert.match(said, /^CapEff:\t0000000000000000$/m);
    });

    it("takes the place of AppArmor and seccomp: neither profile holds for the code inside, which sees none", async () => {
        const said = await setting.evaluate(pod, "try: print(open('/proc/self/attr/current').read())\nexcept OSError as e: print('none', e.errno)");
        assert.doesNotMatch(said, /enforce/);
        assert.match(await setting.evaluate(pod, "print(open('/proc/self/status').read())"), /^Seccomp:\t0$/m);
    });
});
