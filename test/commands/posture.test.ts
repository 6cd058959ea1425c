import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { REPOSITORY } from "../../lab/paths";
import type { Resource } from "../../policy/model/resource";
import { change, CONTAINER, CONTEXT } from "../policy/harness";
import { withProfile } from "../policy/review/profiles";
import { previewOf, replaced, resourcesOf, the } from "../policy/stacks";

describe("policy: npm run posture", function () {
    this.timeout(120_000);
    let directory: string;
    let resources: Resource[];
    before(async () => {
        directory = await mkdtemp(path.join(tmpdir(), "wikifunctions-posture-"));
        await cp(path.join(REPOSITORY, "policy"), path.join(directory, "policy"), { recursive: true, filter: (source) => !source.includes("node_modules") });
        await Promise.all(["node_modules", "package.json", "tsconfig.json"].map((name) => symlink(path.join(REPOSITORY, name), path.join(directory, name))));
        resources = await resourcesOf("staging");
    });
    after(() => rm(directory, { recursive: true }));

    async function posture(args: readonly string[], input: readonly Resource[] | string = "", env: NodeJS.ProcessEnv = {}) {
        const { exitCode, stdout, stderr } = await execa(process.execPath, ["--import", "tsx", "policy/commands/posture.ts", ...args], {
            cwd: directory, reject: false, env, input: typeof input === "string" ? input : previewOf(input),
        });
        return { exitCode, stdout, stderr };
    }
    const approved = (stack: string) => readFile(path.join(directory, `policy/postures/${stack}.json`), "utf8");
    const withEvaluator = (at: string, to: string | boolean): Resource[] => {
        const deployment = the(resources, "Deployment", "evaluator-python");
        return replaced(resources, deployment, change(deployment, at, to));
    };

    it("says so where the stack is as approved, and writes nothing", async () => {
        assert.deepEqual(await posture(["diff", "staging", "--preview", "-"], resources), { exitCode: 0, stdout: "Just as approved.", stderr: "Against policy/postures/staging.json:" });
        const before = await approved("staging");
        assert.equal((await posture(["approve", "staging", "--preview", "-"], resources)).exitCode, 0);
        assert.equal(await approved("staging"), before);
    });

    it("prints relaxations with exit code 1, and approves them by writing the posture", async () => {
        const looser = withEvaluator(`${CONTAINER}.resources.limits.memory`, "2Gi");
        const before = await approved("staging");
        const { exitCode, stdout } = await posture(["diff", "staging", "--preview", "-"], looser);
        assert.deepEqual([exitCode, stdout.split("\n").slice(0, 2)], [1, ["Relaxations (1):", "  services.evaluator-python.ceilings.memory: 2Gi, approved is 1Gi"]]);
        assert.equal(await approved("staging"), before);

        const written = await posture(["approve", "staging", "--preview", "-"], looser);
        assert.equal(written.exitCode, 0);
        assert.match(written.stderr, /Wrote policy\/postures\/staging\.json\. Commit it by itself/);
        const differing = (await approved("staging")).split("\n").filter((line, index) => line !== before.split("\n")[index]);
        // A larger limit holds the same pool with less overcommitment.
        assert.deepEqual(differing.map((line) => line.trim()), ['"memoryOvercommit": 1.6,', '"memory": "2Gi",']);
        assert.equal((await posture(["diff", "staging", "--preview", "-"], looser)).exitCode, 0);
        await writeFile(path.join(directory, "policy/postures/staging.json"), before);
    });

    it("prints tightenings with exit code 0", async () => {
        const tighter = withEvaluator(`${CONTAINER}.resources.limits["ephemeral-storage"]`, "128Mi");
        const parameters = the(tighter, "ConfigMap", "admission");
        const { exitCode, stdout } = await posture(["diff", "staging", "--preview", "-"], replaced(tighter, parameters, change(parameters, 'data["evaluator-python.ephemeralStorage"]', "128Mi")));
        assert.deepEqual([exitCode, stdout.split("\n")], [0, ["Tightenings (1):", "  services.evaluator-python.ceilings.ephemeralStorage: 128Mi, approved is 256Mi"]]);
    });

    it("shows another profile by digest, and approves it by writing its file", async () => {
        const python = "wikifunctions-evaluator-python";
        const file = `profiles/${python}`;
        const before = await readFile(path.join(directory, "policy/postures", file), "utf8");
        const tighter = withProfile(resources, python, "  /dev/null rw,\n", "");
        const { exitCode, stdout } = await posture(["diff", "staging", "--preview", "-"], tighter);
        assert.equal(exitCode, 0);
        assert.match(stdout, /^Tightenings \(1\):\n {2}profiles\.wikifunctions-evaluator-python: sha256:[0-9a-f]{12}, approved is sha256:[0-9a-f]{12}$/);
        const written = await posture(["approve", "staging", "--preview", "-"], tighter);
        assert.match(written.stderr, /Wrote policy\/postures\/profiles\/wikifunctions-evaluator-python\./);
        assert.equal(await readFile(path.join(directory, "policy/postures", file), "utf8"), before.replace("  /dev/null rw,\n", ""));
        assert.equal((await posture(["diff", "staging", "--preview", "-"], tighter)).stdout, "Just as approved.");
        assert.match((await posture(["diff", "staging", "--preview", "-"], resources)).stdout, /^Relaxations \(1\):\n {2}profiles\.wikifunctions-evaluator-python/);
        await writeFile(path.join(directory, "policy/postures", file), before);
    });

    it("refuses what the floor forbids, by name, and writes nothing", async () => {
        const before = await approved("staging");
        const refused = await posture(["approve", "staging", "--preview", "-"], withEvaluator(`${CONTEXT}.privileged`, true));
        assert.equal(refused.exitCode, 1);
        assert.match(refused.stdout, /Forbidden by the floor \(1\):\n {2}no-privileged-containers: Deployment wikifunctions\/evaluator-python/);
        assert.match(refused.stderr, /Nothing is written/);
        assert.equal(await approved("staging"), before);
    });

    it("lists waivers with the days that are left", async () => {
        const before = await approved("staging");
        const waiver = { rule: "cpu-limits", resource: "Deployment wikifunctions/evaluator-python", reason: "a load test", ticket: "T1", owner: "security", expires: "2999-12-31" };
        await writeFile(path.join(directory, "policy/postures/staging.json"), JSON.stringify({ ...JSON.parse(before) as object, waivers: [waiver] }));
        const { exitCode, stdout } = await posture(["diff", "staging", "--preview", "-"], withEvaluator(`${CONTAINER}.resources.limits.cpu`, "2"));
        await writeFile(path.join(directory, "policy/postures/staging.json"), before);
        assert.equal(exitCode, 0, stdout);
        assert.match(stdout, /Waivers \(1\):\n {2}cpu-limits on Deployment wikifunctions\/evaluator-python waived until 2999-12-31, \d{6} days left: a load test \(T1, security\)/);
    });

    it("holds a stack without a posture to the strictest", async () => {
        const { exitCode, stderr, stdout } = await posture(["diff", "dev", "--preview", "-"], resources);
        assert.deepEqual([exitCode, stderr], [1, "There is no policy/postures/dev.json, so that the strictest posture holds:"]);
        assert.match(stdout, /services\.orchestrator: orchestrator, not approved/);
    });

    const MISUSE: Readonly<Record<string, readonly [args: readonly string[], says: RegExp, input?: string]>> = {
        "no command": [[], /Usage: npm run posture --/],
        "an unknown command": [["lower", "staging"], /unknown command 'lower'/],
        "no stack": [["diff"], /missing required argument 'stack'/],
        "an unknown option": [["diff", "staging", "--force"], /unknown option '--force'/],
        "a stack that can have no posture": [["approve", "../index"], /can't have a posture of its own/],
        "a file that isn't there": [["diff", "staging", "--preview", "none.json"], /no such file.*none\.json/],
        "something that is no preview": [["diff", "staging", "--preview", "-"], /not the JSON of a preview/, "Previewing update"],
    };
    for (const [what, [args, says, input]] of Object.entries(MISUSE)) {
        it(`ends with exit code 2 for ${what}`, async () => {
            const { exitCode, stdout, stderr } = await posture(args, input);
            assert.deepEqual([exitCode, stdout], [2, ""]);
            assert.match(stderr, says);
            assert.doesNotMatch(stderr, /\n {4}at /);
        });
    }

    it("says what to do where pulumi isn't there", async () => {
        const { exitCode, stderr } = await posture(["diff", "staging"], "", { PATH: directory });
        assert.equal(exitCode, 2);
        assert.match(stderr, /pulumi is not on PATH/);
    });

    it("explains itself", async () => {
        const { exitCode, stdout } = await posture(["--help"]);
        assert.equal(exitCode, 0);
        assert.match(stdout, /diff .*approve /s);
    });
});
