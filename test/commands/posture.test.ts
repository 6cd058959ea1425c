import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { REPOSITORY } from "../../cli/repository";
import { plainName, underPlainName } from "../../policy/model/apparmor/name";
import type { Resource, Value } from "../../policy/model/resource";
import { genuine } from "../policy/apparmor/texts";
import { change, CONTAINER, CONTEXT } from "../policy/harness";
import { previewOf, replaced, resourcesOf, the } from "../policy/stacks";

describe("policy: npm run posture", function () {
    this.timeout(120_000);
    let directory: string;
    let resources: Resource[];
    before(async () => {
        directory = await mkdtemp(path.join(tmpdir(), "wikifunctions-posture-"));
        for (const folder of ["cli", "commands", "policy"]) {
            await cp(path.join(REPOSITORY, folder), path.join(directory, folder), { recursive: true, filter: (source) => !source.includes("node_modules") });
        }
        await Promise.all(["node_modules", "package.json", "tsconfig.json"].map((name) => symlink(path.join(REPOSITORY, name), path.join(directory, name))));
        resources = await resourcesOf("staging");
    });
    after(() => rm(directory, { recursive: true }));

    async function posture(args: readonly string[], input: readonly Resource[] | string = "", env: NodeJS.ProcessEnv = {}) {
        const { exitCode, stdout, stderr } = await execa(process.execPath, ["--import", "tsx", "commands/posture.ts", ...args], {
            cwd: directory, reject: false, env, input: typeof input === "string" ? input : previewOf(input),
        });
        return { exitCode, stdout, stderr };
    }
    const FILE = "policy/approved/staging.yaml";
    const approved = () => readFile(path.join(directory, FILE), "utf8");
    const edited = (kind: string, name: string, at: string, to: Value): Resource[] => {
        const resource = the(resources, kind, name);
        return replaced(resources, resource, change(resource, at, to));
    };
    const withEvaluator = (at: string, to: Value): Resource[] => edited("Deployment", "evaluator-python", at, to);

    it("says so where the stack is as approved, and writes nothing", async () => {
        assert.deepEqual(await posture(["diff", "staging", "--preview", "-"], resources), { exitCode: 0, stdout: "Just as approved.", stderr: `Against ${FILE}:` });
        const before = await approved();
        assert.equal((await posture(["approve", "staging", "--preview", "-"], resources)).exitCode, 0);
        assert.equal(await approved(), before);
    });

    it("refuses a stack that names no cluster where the posture does", async () => {
        const nameless = JSON.stringify({ ...JSON.parse(previewOf(resources)) as object, config: undefined });
        const { exitCode, stdout } = await posture(["diff", "staging", "--preview", "-"], nameless);
        assert.deepEqual([exitCode, /known-provider: .*: the stack's clusterId is/.test(stdout)], [1, true], stdout);
    });

    it("prints relaxations with exit code 1, and approves them by writing the file of what is approved", async () => {
        const looser = withEvaluator(`${CONTAINER}.resources.limits.memory`, "2Gi");
        const before = await approved();
        const { exitCode, stdout } = await posture(["diff", "staging", "--preview", "-"], looser);
        const line = `  Deployment wikifunctions/evaluator-python: ${CONTAINER}.resources.limits.memory: "2Gi", approved is "1Gi"`;
        assert.deepEqual([exitCode, stdout.split("\n")], [1, ["Relaxations (1):", line]]);
        assert.equal(await approved(), before);

        const written = await posture(["approve", "staging", "--preview", "-"], looser);
        assert.equal(written.exitCode, 0);
        assert.match(written.stderr, /Wrote policy\/approved\/staging\.yaml\. Commit it by itself/);
        assert.equal((await posture(["diff", "staging", "--preview", "-"], looser)).stdout, "Just as approved.");
        assert.match((await posture(["diff", "staging", "--preview", "-"], resources)).stdout, /^Tightenings \(1\):/);
        await writeFile(path.join(directory, FILE), before);
    });

    it("prints tightenings, and what is neither, with exit code 0", async () => {
        const tighter = withEvaluator(`${CONTAINER}.resources.limits["ephemeral-storage"]`, "128Mi");
        const deployment = the(tighter, "Deployment", "evaluator-python");
        const { exitCode, stdout } = await posture(["diff", "staging", "--preview", "-"], replaced(tighter, deployment, change(deployment, "metadata.labels.team", "abstract")));
        const of = "  Deployment wikifunctions/evaluator-python: ";
        assert.deepEqual([exitCode, stdout.split("\n")], [0, [
            "Tightenings (1):", `${of}${CONTAINER}.resources.limits.ephemeral-storage: "128Mi", approved is "256Mi"`,
            "Neither (1):", `${of}metadata.labels.team: "abstract", not approved`,
        ]]);
    });

    it("shows a profile that grants less as tighter, and one that grants more as looser, with the line", async () => {
        const map = the(resources, "ConfigMap", "apparmor-profiles-*");
        const withPython = (from: string, to: string): Resource[] => {
            const edit = (name: string, text: string): string => (name.includes("python") ? text.replace(from, to) : text);
            const texts = Object.entries(map.props["data"] as Record<string, string>).map(([name, text]) => genuine(plainName(name) ?? "", edit(name, underPlainName(name, text))));
            return replaced(resources, map, change(map, "data", Object.fromEntries(texts)));
        };
        assert.match((await posture(["diff", "staging", "--preview", "-"], withPython("  /dev/null rw,\n", ""))).stdout, /^Tightenings \(1\):\n {2}ConfigMap wikifunctions-apparmor\/apparmor-profiles: data/);
        const wider = await posture(["diff", "staging", "--preview", "-"], withPython("  /dev/null rw,\n", "  /dev/null rw,\n  /etc/machine-id r,\n"));
        assert.match(wider.stdout, /^Relaxations \(1\):\n {2}ConfigMap wikifunctions-apparmor\/apparmor-profiles: data/);
    });

    it("refuses what the floor forbids, by name, and writes nothing", async () => {
        const before = await approved();
        const refused = await posture(["approve", "staging", "--preview", "-"], withEvaluator(`${CONTEXT}.privileged`, true));
        assert.equal(refused.exitCode, 1);
        assert.match(refused.stdout, /Forbidden by the floor \(1\):\n {2}no-privileged-containers: Deployment wikifunctions\/evaluator-python/);
        assert.match(refused.stderr, /Nothing is written/);
        assert.equal(await approved(), before);
    });

    it("lists waivers with the days that are left", async () => {
        const file = path.join(directory, "policy/postures/staging.json");
        const before = await readFile(file, "utf8");
        const field = `${CONTAINER}.resources.limits.memory`;
        const waiver = { rule: "approved-objects", resource: "Deployment wikifunctions/evaluator-python", path: field, reason: "a load test", ticket: "T1", owner: "security", expires: "2999-12-31" };
        await writeFile(file, JSON.stringify({ ...JSON.parse(before) as object, waivers: [waiver] }));
        const { exitCode, stdout } = await posture(["diff", "staging", "--preview", "-"], withEvaluator(field, "2Gi"));
        await writeFile(file, before);
        assert.equal(exitCode, 0, stdout);
        assert.ok(stdout.includes(`Waivers (1):\n  approved-objects on Deployment wikifunctions/evaluator-python (${field}) waived until 2999-12-31, `), stdout);
        assert.match(stdout, /, \d{6} days left: a load test \(T1, security\)/);
    });

    it("approves nothing for a stack that has no file", async () => {
        const { exitCode, stderr, stdout } = await posture(["diff", "dev", "--preview", "-"], resources);
        assert.deepEqual([exitCode, stderr], [1, "There is no policy/approved/dev.yaml, so that nothing is approved:"]);
        assert.match(stdout, /^ {2}Deployment wikifunctions\/orchestrator: not approved$/m);
    });

    const MALFORMED: Readonly<Record<string, readonly [from: string, to: string, says: RegExp]>> = {
        "isn't in its own form": ["kind: ConfigMap\n", "kind: ConfigMap # x\n", /^policy\/approved\/staging\.yaml:3: the file isn't in the form/],
        "has an object twice": ["---\n", "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: wikifunctions\npulumi:\n  type: kubernetes:core/v1:Namespace\n  name: x\n---\n", /Namespace wikifunctions stands there twice/],
        "breaks the floor": ["enforce: restricted", "enforce: baseline", /^policy\/approved\/staging\.yaml:\d+: Namespace wikifunctions: .*namespace-pod-security/],
    };
    for (const [what, [from, to, says]] of Object.entries(MALFORMED)) {
        it(`ends with exit code 2 where the file of what is approved ${what}`, async () => {
            const before = await approved();
            await writeFile(path.join(directory, FILE), before.replace(from, to));
            const { exitCode, stdout, stderr } = await posture(["diff", "staging", "--preview", "-"], resources);
            await writeFile(path.join(directory, FILE), before);
            assert.deepEqual([exitCode, stdout], [2, ""]);
            assert.match(stderr, says);
        });
    }

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
