import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import type { Log } from "sarif";
import { parse } from "yaml";
import { folders, removeCluster } from "../../lab";
import { REPOSITORY } from "../../cli/repository";
import { cacheDirectory } from "../../lab/paths";
import { copyCheckout, linkPackages } from "../checkout";
import { TestCluster } from "./cluster";
import { violationOf } from "./guarded";
import { play, TRICKS, type Trick } from "./tricks";

interface Job { readonly script: readonly string[]; readonly after_script?: readonly string[]; readonly parallel?: { readonly matrix: readonly { readonly STACK: readonly string[] }[] } }
interface Steps { readonly steps: readonly { readonly run?: string; readonly uses?: string; readonly with?: Readonly<Record<string, string>> }[] }
interface Workflow { readonly jobs: { readonly check: Steps; readonly preview: Steps & { readonly defaults: unknown } } }
const GITLAB = parse(readFileSync(path.join(REPOSITORY, ".gitlab-ci.yml"), "utf8")) as { check: Job; preview: Job };
const GITHUB = parse(readFileSync(path.join(REPOSITORY, ".github/workflows/preview.yml"), "utf8")) as Workflow;
const INSTALL = "npm ci --no-audit --no-fund";
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
        assert.deepEqual(steps, [INSTALL, LINT, ...Object.keys(SUITES)]);
        assert.deepEqual(GITLAB.check.script, steps);
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
    let lab: string;
    let env: Readonly<Record<string, string>>;
    const at = (...parts: readonly string[]): string => path.join(folder, ...parts);
    const [candidate, guard] = ["candidate", "candidate.guard"] as const;
    /** Where the runner stands. */
    let here: string = candidate;

    before(async () => {
        folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-pipelines-"));
        lab = at("lab");
        env = {
            CI_PROJECT_DIR: at(candidate), CANDIDATE: at(candidate), GUARD: at(guard), TARGET: "main", ARTIFACTS: at(candidate, "artifacts"),
            WIKIFUNCTIONS_LAB_DIR: lab, WIKIFUNCTIONS_LAB_CACHE: cacheDirectory(),
            // What a pipeline has beside: the program has no use for any of it.
            NODE_OPTIONS: "--stack-trace-limit=11", npm_config_fund: "false", PULUMI_ACCESS_TOKEN: "secret", PULUMI_DISABLE_RESOURCE_REFERENCES: "1", CI_JOB_TOKEN: "secret",
        };
        await copyCheckout(at("origin"));
        await git("origin", "init", "--quiet", "--initial-branch", "main");
        await commit("origin");
        await git(".", "clone", "--quiet", at("origin"), at(candidate));
    });
    after(async () => {
        await removeCluster(folders(lab).cluster);
        await rm(folder, { recursive: true, force: true });
    });

    const git = (where: string, ...args: readonly string[]) => execa("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: at(where) });
    const commit = async (where: string, ...how: readonly "--force"[]): Promise<void> => {
        await git(where, "add", "--all", ...how);
        await git(where, "commit", "--quiet", "--message", "change");
    };

    /** One line of the pipeline, as its runner runs it. */
    const run = async (command: string, stack = "", where = at(here), variables: Readonly<Record<string, string>> = env) => {
        const { exitCode, all } = await execa("sh", ["-c", command], { cwd: where, all: true, reject: false, env: { STACK: stack, ...variables } });
        return { exitCode, output: all ?? "" };
    };
    const artifact = (file: string): Promise<string> => readFile(at(candidate, "artifacts", file), "utf8");
    const edit = async (file: string, change: (text: string) => string): Promise<void> => { await writeFile(file, change(await readFile(file, "utf8"))); };
    const relax = (checkout: string): Promise<void> => edit(path.join(checkout, "infra/security.ts"), (text) => text.replace("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"));
    /** Has the program tell what is in its environment, in a process where it stands. */
    const tell = (checkout: string, file: string, after: string): Promise<void> => edit(path.join(checkout, "infra/index.ts"), (text) => `${text}\nimport { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(file)}, JSON.stringify(process.env));\n${after}\n`);

    it("take the guard from the branch that the change is for, and the change from a folder beside it", () => {
        const { steps, defaults } = GITHUB.jobs.preview;
        assert.deepEqual(defaults, { run: { "working-directory": "guard" } });
        assert.deepEqual(steps.filter(({ uses }) => uses?.startsWith("actions/checkout") === true).map(({ with: settings }) => settings), [
            { "ref": "${{ github.base_ref }}", "path": "guard", "persist-credentials": false },
            { "path": "candidate", "persist-credentials": false },
        ]);
    });

    for (const command of JOB.script.filter((each) => each !== PREVIEW)) {
        it(command, async () => {
            if (command === INSTALL) {
                await linkPackages(at(here));
                return;
            }
            const { exitCode, output } = await run(command);
            assert.equal(exitCode, 0, output);
            here = command.startsWith("cd ") ? guard : here;
        });
    }

    for (const stack of STACKS) {
        it(`${PREVIEW}, for ${stack}`, async () => {
            const file = at(candidate, `Pulumi.${stack}.yaml`);
            const before = await readFile(file, "utf8");
            const { exitCode, output } = await run(PREVIEW, stack);
            assert.equal(exitCode, 0, output);
            assert.match(output, /✅ wikifunctions@/);
            assert.match(await artifact("posture.md"), new RegExp(`^### Stack \`${stack}\`: `));
            assert.match(await artifact("junit.xml"), /<testsuites [^>]*failures="0"/);
            assert.deepEqual((JSON.parse(await artifact("results.sarif")) as Log).runs[0]?.results, []);
            assert.equal(await readFile(file, "utf8"), before);
            assert.doesNotMatch(output, /Needs the reviewers/);
        });
    }

    describe("block a relaxation", () => {
        let outcome: { exitCode: number; output: string };
        const made: string[] = [];
        const mark = (trick: Trick, where: string): string => at(`${trick.what.replaceAll(/\W+/g, "-")}-${where}`);

        before(async () => {
            await relax(at(candidate));
            await tell(at(candidate), at("environment"), "");
            for (const trick of TRICKS) {
                made.push(...await play(trick, at(candidate), mark(trick, "candidate")));
            }
            await rm(at(candidate, "artifacts"), { recursive: true });
            // Ignored files too: somebody who wants to can.
            await commit(candidate, "--force");
            outcome = await run(PREVIEW, "local");
        });

        it("and say so in every artifact", async () => {
            const { exitCode, output } = outcome;
            assert.equal(exitCode, 1, output);
            assert.match(output, violationOf("read-only-root-filesystem"));
            assert.match(await artifact("posture.md"), /looser than approved: blocked\n[^]*- read-only-root-filesystem: Deployment wikifunctions\/orchestrator/);
            assert.match(await artifact("junit.xml"), /read-only-root-filesystem/);
            const results = (JSON.parse(await artifact("results.sarif")) as Log).runs[0]?.results ?? [];
            assert.ok(results.some(({ ruleId, locations }) => ruleId === "read-only-root-filesystem" && locations?.[0]?.physicalLocation?.artifactLocation?.uri === "Pulumi.local.yaml"));
        });

        it("and list for the reviewers what else the change has", async () => {
            const listed = /^Needs the reviewers, and is not in this preview:\n((?: {2}.*\n)+)/m.exec(outcome.output)?.[1]?.split("\n").map((line) => line.trim()).filter((line) => line !== "");
            assert.deepEqual(listed, [...made].sort());
            assert.match(await artifact("posture.md"), /#### Needs the reviewers, and is not in this preview\n\n- \.lab\/bin\/kubectl\n/);
        });

        it("with no variable for the program that the pipeline didn't mean for it", async () => {
            const seen = Object.keys(JSON.parse(await readFile(at("environment"), "utf8")) as object);
            assert.ok(seen.includes("PULUMI_CONFIG") && seen.includes("KUBECONFIG"), seen.join());
            assert.deepEqual(seen.filter((name) => /^(NODE_OPTIONS|npm_|CI_)|TOKEN|PASSPHRASE|PULUMI_(BACKEND|HOME|DISABLE_RESOURCE)/i.test(name)), []);
        });

        describe("where a plain preview of the change would", () => {
            let plain: string;
            const preview = (variables: Readonly<Record<string, string>>) => run(`npm run preview -- local --embedded`, "", plain, variables);
            before(async () => {
                plain = at("plain");
                await copyCheckout(plain);
                await relax(plain);
            });

            for (const trick of TRICKS) {
                it(`obey ${trick.what}`, async () => {
                    assert.ok(!existsSync(mark(trick, "candidate")));
                    await cp(plain, at("before"), { recursive: true, verbatimSymlinks: true });
                    await play(trick, plain, mark(trick, "plain"));
                    // Its own .lab, for the trick with a tool; the pipeline's has the real ones.
                    const { exitCode, output } = await preview(trick.what.startsWith("a tool") ? {} : { WIKIFUNCTIONS_LAB_DIR: lab });
                    assert.ok(existsSync(mark(trick, "plain")), output);
                    if (trick.exitCode !== undefined) {
                        assert.equal(exitCode, trick.exitCode, output);
                    }
                    await rm(plain, { recursive: true });
                    await rename(at("before"), plain);
                });
            }

            it("show the program all of the environment", async () => {
                await tell(plain, at("plain-environment"), "process.exit(3);");
                await preview(env);
                const seen = Object.keys(JSON.parse(await readFile(at("plain-environment"), "utf8")) as object);
                assert.deepEqual(["NODE_OPTIONS", "npm_config_fund", "CI_JOB_TOKEN", "PULUMI_ACCESS_TOKEN"].filter((name) => !seen.includes(name)), []);
            });
        });
    });

    describe("at the end", () => {
        before(() => { here = candidate; });

        for (const command of JOB.after_script ?? []) {
            it(command, async () => {
                const { exitCode, output } = await run(command);
                assert.equal(exitCode, 0, output);
                here = command.startsWith("cd ") ? guard : here;
            });
        }

        it("leave nothing", async () => {
            assert.ok(!existsSync(folders(lab).cluster));
            assert.deepEqual((await readdir(tmpdir())).filter((name) => name.startsWith("wikifunctions-candidate-")), []);
        });
    });
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
