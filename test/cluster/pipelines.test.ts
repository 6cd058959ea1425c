import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import type { Log } from "sarif";
import { parse } from "yaml";
import { folders, removeCluster } from "../../lab";
import { cacheDirectory, REPOSITORY } from "../../lab/paths";
import { copyCheckout } from "../checkout";
import { TestCluster } from "./cluster";
import { violationOf } from "./guarded";

interface Job { readonly script: readonly string[]; readonly after_script?: readonly string[]; readonly parallel?: { readonly matrix: readonly { readonly STACK: readonly string[] }[] } }
interface Workflow { readonly jobs: { readonly check: { readonly steps: readonly { readonly run?: string }[] } } }
const GITLAB = parse(readFileSync(path.join(REPOSITORY, ".gitlab-ci.yml"), "utf8")) as { before_script: readonly string[]; check: Job; preview: Job };
const GITHUB = parse(readFileSync(path.join(REPOSITORY, ".github/workflows/preview.yml"), "utf8")) as Workflow;
const LINT = "npm run lint";
/** Suites that need no cluster, by the command that runs them. */
const SUITES = { "npm run test:unit": ["unit", "policy"], "npm run test:integration": ["report", "lab", "commands"] };
const JOB = GITLAB.preview;
const STACKS = JOB.parallel?.matrix.flatMap(({ STACK }) => STACK) ?? [];
const PREVIEW = JOB.script.find((command) => command.includes("npm run preview")) ?? "";
const ROLE = path.join(REPOSITORY, "docs/preview-role.yaml");
const ACCOUNT = "system:serviceaccount:wikifunctions-preview:preview";

describe("the pipelines' checks", function () {
    this.timeout(600_000);
    let folder: string;
    let copy: string;

    before(async () => {
        folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-checks-"));
        copy = path.join(folder, "checkout");
        await copyCheckout(copy);
    });
    after(() => rm(folder, { recursive: true, force: true }));

    const run = async (command: string) => {
        const { exitCode, all } = await execa("sh", ["-c", command], { cwd: copy, all: true, reject: false });
        return { exitCode, output: all ?? "" };
    };

    it("are the same ones in both", () => {
        const steps = GITHUB.jobs.check.steps.flatMap(({ run: command }) => (command === undefined ? [] : [command]));
        // The copies of these tests have their packages by links: nothing is downloaded here.
        assert.deepEqual(steps, ["npm ci --no-audit --no-fund", LINT, ...Object.keys(SUITES)]);
        assert.deepEqual([GITLAB.before_script.at(-1), ...GITLAB.check.script], steps);
    });

    it(`${LINT} passes, and not with a wrong type`, async () => {
        const { exitCode, output } = await run(LINT);
        assert.equal(exitCode, 0, output);
        await writeFile(path.join(copy, "infra/wrong.ts"), 'export const wrong: number = "text";\n');
        assert.equal((await run(LINT)).exitCode, 1);
        await rm(path.join(copy, "infra/wrong.ts"));
    });

    describe("run", () => {
        // Their own tests run anyway, before these: a probe in place of them shows that the step gets there.
        before(async () => {
            for (const suite of (await readdir(path.join(copy, "test"), { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name)) {
                for (const file of (await readdir(path.join(copy, "test", suite), { recursive: true })).filter((name) => name.endsWith(".test.ts"))) {
                    await rm(path.join(copy, "test", suite, file));
                }
                await writeFile(path.join(copy, "test", suite, "probe.test.ts"), `it("probe of ${suite}", () => { if (process.env["FAIL"] === "${suite}") { throw new Error("told to"); } });\n`);
            }
        });

        for (const [command, suites] of Object.entries(SUITES)) {
            it(`${command}: ${suites.join(", ")}, and fail with any of them`, async () => {
                const { exitCode, output } = await run(command);
                assert.equal(exitCode, 0, output);
                assert.deepEqual([...output.matchAll(/probe of (\w+)/g)].map(([, suite = ""]) => suite).sort(), [...suites].sort());
                for (const suite of suites) {
                    assert.equal((await run(`FAIL=${suite} ${command}`)).exitCode, 1, suite);
                }
            });
        }
    });
});

describe("the pipelines' previews", function () {
    this.timeout(600_000);
    let folder: string;
    let copy: string;
    let lab: string;

    before(async () => {
        folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-pipelines-"));
        [copy, lab] = [path.join(folder, "checkout"), path.join(folder, "lab")];
        await copyCheckout(copy);
    });
    after(async () => {
        await removeCluster(folders(lab).cluster);
        await rm(folder, { recursive: true, force: true });
    });

    /** One line of the pipeline, as its runner runs it. */
    const run = async (command: string, stack = "") => {
        const { exitCode, all } = await execa("sh", ["-c", command], { cwd: copy, all: true, reject: false, env: { STACK: stack, WIKIFUNCTIONS_LAB_DIR: lab, WIKIFUNCTIONS_LAB_CACHE: cacheDirectory() } });
        return { exitCode, output: all ?? "" };
    };
    const artifact = (stack: string, file: string): Promise<string> => readFile(path.join(copy, "artifacts", stack, file), "utf8");

    for (const command of JOB.script.filter((each) => each !== PREVIEW)) {
        it(command, async () => {
            const { exitCode, output } = await run(command);
            assert.equal(exitCode, 0, output);
        });
    }

    for (const stack of STACKS) {
        it(`${PREVIEW}, for ${stack}`, async () => {
            const file = path.join(copy, `Pulumi.${stack}.yaml`);
            const before = await readFile(file, "utf8");
            const { exitCode, output } = await run(PREVIEW, stack);
            assert.equal(exitCode, 0, output);
            assert.match(output, /✅ wikifunctions@/);
            assert.match(await artifact(stack, "posture.md"), new RegExp(`^### Stack \`${stack}\`: `));
            assert.match(await artifact(stack, "junit.xml"), /<testsuites [^>]*failures="0"/);
            assert.deepEqual((JSON.parse(await artifact(stack, "results.sarif")) as Log).runs[0]?.results, []);
            assert.equal(await readFile(file, "utf8"), before);
        });
    }

    it("block a relaxation, and say so in every artifact", async () => {
        const file = path.join(copy, "infra/security.ts");
        await writeFile(file, (await readFile(file, "utf8")).replace("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"));
        const { exitCode, output } = await run(PREVIEW, "local");
        await cp(path.join(REPOSITORY, "infra/security.ts"), file);
        assert.equal(exitCode, 1, output);
        assert.match(output, violationOf("read-only-root-filesystem"));
        assert.match(await artifact("local", "posture.md"), /looser than approved: blocked\n[^]*- read-only-root-filesystem: Deployment wikifunctions\/orchestrator/);
        assert.match(await artifact("local", "junit.xml"), /read-only-root-filesystem/);
        const results = (JSON.parse(await artifact("local", "results.sarif")) as Log).runs[0]?.results ?? [];
        assert.ok(results.some(({ ruleId, locations }) => ruleId === "read-only-root-filesystem" && locations?.[0]?.physicalLocation?.artifactLocation?.uri === "Pulumi.local.yaml"));
    });

    for (const command of JOB.after_script ?? []) {
        it(command, async () => {
            const { exitCode, output } = await run(command);
            assert.equal(exitCode, 0, output);
            assert.ok(!existsSync(folders(lab).cluster));
        });
    }
});

describe("the account for previews, docs/preview-role.yaml", function () {
    this.timeout(600_000);
    let cluster: TestCluster;
    let folder: string;
    const as = (...args: readonly string[]) => execa("kubectl", [...args, "--as", ACCOUNT], { env: cluster.env, all: true, reject: false });

    before(async function () {
        cluster = await TestCluster.start(this, "the account for previews");
        folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-role-"));
        await cluster.kubectl("apply", "--filename", ROLE);
    });
    after(async () => {
        await (cluster as TestCluster | undefined)?.stop();
        if ((folder as string | undefined) !== undefined) {
            await rm(folder, { recursive: true, force: true });
        }
    });

    for (const [verb, kind, may] of [
        ["create", "deployments.apps", true], ["patch", "networkpolicies.networking.k8s.io", true], ["get", "namespaces", true],
        ["delete", "deployments.apps", false], ["create", "pods", false], ["get", "secrets", false], ["list", "configmaps", false], ["create", "clusterrolebindings", false], ["create", "pods/exec", false],
    ] as const) {
        it(`${may ? "may" : "may not"} ${verb} ${kind}`, async () => {
            assert.equal((await as("auth", "can-i", verb, kind, "--namespace", "wikifunctions")).stdout.split("\n").at(-1), may ? "yes" : "no");
        });
    }

    it("changes nothing, and may ask what a change would do", async () => {
        // A new policy holds after a moment.
        for (let tries = 0; tries < 50 && (await as("create", "namespace", `try-${String(tries)}`)).exitCode === 0; tries += 1);
        const { exitCode, all } = await as("create", "namespace", "attempt");
        assert.notEqual(exitCode, 0, all);
        assert.match(all ?? "", /This account previews\. It may change nothing/);
        const dry = await as("create", "namespace", "attempt", "--dry-run=server");
        assert.equal(dry.exitCode, 0, dry.all);
    });

    it("is enough for a preview of a stack that is deployed, and whose file names it as a previewer", async () => {
        const kubeconfig = await cluster.kubeconfigOf("preview", "wikifunctions-preview");
        const copy = path.join(folder, "checkout");
        await copyCheckout(copy);
        const file = path.join(copy, "Pulumi.local.yaml");
        const named = `deployers: { users: [lab-admin] }\n    previewers: { users: ["${ACCOUNT}"] }`;
        await writeFile(file, (await readFile(file, "utf8")).replace("deployers: { users: [lab-admin] }", named));
        await execa("pulumi", ["stack", "init", "local", "--non-interactive"], { cwd: copy, env: cluster.env });
        await execa("npm", ["run", "posture", "--", "approve", "local"], { cwd: copy, env: cluster.env });
        await execa("pulumi", ["up", "--stack", "local", "--yes", "--skip-preview", "--non-interactive", "--policy-pack", "policy"], { cwd: copy, env: cluster.env });
        const env = { ...cluster.env, KUBECONFIG: kubeconfig };
        const { exitCode, all } = await execa("npm", ["run", "preview", "--", "local"], { cwd: copy, env, all: true, reject: false });
        assert.equal(exitCode, 0, all);
        assert.match(all ?? "", /\n +\d\d unchanged/);
    });
});
