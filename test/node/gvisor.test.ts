import assert from "node:assert/strict";
import type { Edit } from "../../evidence/edit";
import { NodeSetting } from "./setting";

const EVALUATOR = "evaluator-python";
const POSTURE = "policy/postures/local.json";
const APPROVED = "policy/approved/local.yaml";
const STACK = "Pulumi.local.yaml";
const AT = "      reentrance: true\n";
/** The Python evaluator on gVisor, as a stack file and the posture say it. */
const ON_GVISOR: readonly Edit[] = [
    { file: STACK, from: AT, to: `${AT}      runtimeClassName: gvisor\n` },
    { file: STACK, from: "config:\n", to: "config:\n  wikifunctions:runtimeClasses:\n    gvisor: { handler: runsc }\n" },
    { file: POSTURE, from: "\"minRuntimeClasses\": {}", to: `"minRuntimeClasses": { "${EVALUATOR}": "gvisor" }` },
];
/** Python that prints files as code inside sees them, by their names. */
const READ_FILES = `
import json
said = {}
for name in ["/proc/version", "/proc/self/status", "/proc/mounts", "/proc/self/attr/current"]:
    try: said[name] = open(name).read()
    except OSError as error: said[name] = error.strerror
print(json.dumps(said))
`;

describe("gVisor, on a node", function () {
    this.timeout(900_000);
    let setting: NodeSetting;
    let pod: string;
    let said: Readonly<Record<string, string>>;
    const files = (name: string): string => said[name] ?? "";

    before(async function () {
        setting = await NodeSetting.get(this);
        await setting.program.edit(...ON_GVISOR);
        await setting.program.approve("local");
        pod = await setting.untilReady(EVALUATOR, await setting.deploy("--policy-pack", "policy"));
        // In one go: it takes an interpreter long to start on a kernel on an emulated processor.
        said = JSON.parse(await setting.evaluate(pod, READ_FILES)) as typeof said;
    });

    after(async () => {
        if ((pod as string | undefined) !== undefined) {
            await setting.program.restore(...ON_GVISOR, { file: APPROVED, from: "", to: "" });
            await setting.deploy("--policy-pack", "policy");
            // An old pod that is still to be ended would be taken for one to be tried.
            await setting.kubectl("wait", "--for=delete", `pod/${pod}`, "--namespace", "wikifunctions", "--timeout=300s");
            await setting.kubectl("rollout", "status", `deployment/${EVALUATOR}`, "--namespace", "wikifunctions", "--timeout=300s");
        }
    });

    it("answers an evaluator's system calls in the kernel's place", async () => {
        assert.doesNotMatch(files("/proc/version"), /Debian/);
        assert.match(await setting.observer.file("/proc/version"), /Debian/);
    });

    it("keeps the limits, the user and the root that can't be written to", () => {
        assert.match(files("/proc/self/status"), /^Uid:\t900\t/m);
        assert.match(files("/proc/mounts"), /^\S+ \/ \S+ ro\b/m);
        assert.match(files("/proc/self/status"), /^CapEff:\t0000000000000000$/m);
    });

    it("takes the place of AppArmor and seccomp: neither profile holds for the code inside, which sees none", () => {
        assert.doesNotMatch(files("/proc/self/attr/current"), /enforce/);
        assert.match(files("/proc/self/status"), /^Seccomp:\t0$/m);
    });
});
