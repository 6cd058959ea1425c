import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { parse } from "yaml";
import { ARTIFACTS } from "../../commands/preview/destination";
import { REPOSITORY } from "../../cli/repository";
import { temporaryFolder } from "../lab/support";

const read = (file: string): string => readFileSync(path.join(REPOSITORY, file), "utf8");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Readonly<Record<string, string>> };
const CALLS = /\bpulumi(?:", |\()\[([^\]]*)\]/g;
/** Prints again what a preview's events say, and reaches nothing but that file. */
const REPLAY = '"replay-events", "update", log';
const HOLDS_PACK = /"--policy-pack", "policy"/;

/** The code behind the npm scripts, apart from the language host, which Pulumi starts. */
const sources = ["cli", "commands", "lab"].flatMap((folder) => readdirSync(path.join(REPOSITORY, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`))
    .filter((file) => file.endsWith(".ts") && !/^lab\/language-host\//.test(file));

interface Pipeline { readonly [job: string]: { readonly script?: readonly string[]; readonly artifacts?: { readonly paths: readonly string[]; readonly reports: object } } }
interface Workflow { readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>> }

describe("what an npm script can do to a cluster", () => {
    it("is an up in one place only, with the policy pack and with its preview", () => {
        const ups = sources.flatMap((file) => [...read(file).matchAll(CALLS)].map(([, args = ""]) => ({ file, args })).filter(({ args }) => /^"(up|update|destroy|refresh|import)"/.test(args)));
        assert.deepEqual(ups.map(({ file }) => file), ["lab/commands/start.ts"]);
        assert.ok(ups.every(({ args }) => HOLDS_PACK.test(args) && !/skip-preview|"-f"/.test(args)), JSON.stringify(ups));
    });

    it("is nowhere else in any other form", () => {
        assert.deepEqual(Object.entries(scripts).filter(([, script]) => /pulumi/.test(script)), []);
        assert.deepEqual(sources.filter((file) => /["'`](up|destroy)["'`]|"pulumi".*["'`]update["'`]|automation.*Stack\b/.test(read(file).replace(REPLAY, ""))), ["lab/commands/start.ts"]);
    });

    it("takes the policy pack along in every preview of npm run preview and npm run drift", () => {
        const text = read("commands/pulumi.ts");
        const shared = /const ARGUMENTS = \[([^\]]*)\]/.exec(text)?.[1] ?? "";
        const calls = [...text.matchAll(CALLS)].map(([, args = ""]) => args.replace("...ARGUMENTS", shared)).filter((args) => !args.startsWith(REPLAY));
        // The preview, and what judges the state.
        assert.equal(calls.length, 2);
        calls.forEach((args) => { assert.match(args, HOLDS_PACK); });
    });
});

describe("the pipelines", () => {
    const at = temporaryFolder();
    const gitlab = parse(read(".gitlab-ci.yml")) as Pipeline;
    const github = parse(read(".github/workflows/preview.yml")) as Workflow;
    const ofGitlab = Object.values(gitlab).flatMap(({ script = [] }) => script);
    const ofGithub = Object.values(github.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => (run === undefined ? [] : run.trim().split("\n"))));

    it("run the repository's own scripts, the same ones in both", () => {
        const own = (commands: readonly string[]): string[] => commands.filter((command) => /^npm (run|start|test)/.test(command));
        assert.deepEqual(own(ofGitlab), own(ofGithub));
        assert.deepEqual(own(ofGitlab), ["npm run lint", "npm run test:unit", "npm run test:integration", "npm start -- --no-node", 'npm run preview -- $STACK --embedded --candidate "$CANDIDATE" --artifacts "$ARTIFACTS"']);
        assert.deepEqual(own(ofGitlab).filter((command) => { const [, first = "", second = ""] = command.split(" "); return !((first === "run" ? second : first) in scripts); }), []);
    });

    it("preview every stack file", () => {
        const stacks = readdirSync(REPOSITORY).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();
        const matrices = JSON.stringify([gitlab["preview"], github.jobs["preview"]]).match(/"STACK":\[[^\]]*\]/g)?.map((found) => (JSON.parse(`{${found}}`) as { STACK: string[] }).STACK.sort());
        assert.deepEqual(matrices, [stacks, stacks]);
    });

    it("take nothing for a command to GitHub's runner that the code of a change prints", async () => {
        const step = github.jobs["preview"]?.steps.find(({ run }) => run?.includes("--candidate") === true)?.run ?? "";
        await writeFile(at("npm"), "#!/bin/sh\necho ::error::x >&2\necho \"::add-mask::x\"\nenv >&2\nexit 3\n", { mode: 0o700 });
        const outputOf = async (): Promise<string[]> => {
            // As the runner has it, on every platform but Windows; through one pipe, as two are read in any order.
            const { exitCode, stdout } = await execa("bash", ["-e", "-c", `exec 2>&1\n${step}`], { env: { PATH: `${at()}:${process.env["PATH"] ?? ""}` }, reject: false });
            assert.equal(exitCode, 3);
            return stdout.split("\n");
        };
        const [one, other] = [await outputOf(), await outputOf()];
        const token = /^::stop-commands::([0-9a-f]{32})$/.exec(one[0] ?? "")?.[1] ?? "";
        assert.deepEqual(one.filter((line) => line.includes(token)), [`::stop-commands::${token}`, `::${token}::`]);
        assert.ok(one.at(-1) === `::${token}::` && one.includes("::error::x") && one.includes("::add-mask::x"), one.join("\n"));
        assert.notEqual(one[0], other[0]);
    });

    it("hand on what the preview has written, and no file that lies beside it in a change", () => {
        const written = Object.values(ARTIFACTS).map((file) => `artifacts/${file}`);
        assert.deepEqual([gitlab["preview"]?.artifacts?.paths, gitlab["preview"]?.artifacts?.reports], [written, { junit: `artifacts/${ARTIFACTS.junit}` }]);
        assert.match(read(".gitlab-ci.yml"), /^ {2}ARTIFACTS: \$CI_PROJECT_DIR\/artifacts$/m);
    });

    it("let no failure pass", () => {
        assert.doesNotMatch(read(".gitlab-ci.yml") + read(".github/workflows/preview.yml"), /allow_failure|continue-on-error|\|\| true/);
    });
});

/** A folder that has no checkout around it or in it, wherever this one is. */
const NO_CHECKOUT = path.dirname(process.execPath);

describe("exit code 2", function () {
    this.timeout(60_000);
    const at = temporaryFolder();
    for (const [script, args, says] of [
        ["config", [], /missing required argument 'stack'/],
        ["config", ["nosuch"], /There is no stack file Pulumi\.nosuch\.yaml/],
        ["drift", [], /missing required argument 'stack'/],
        ["drift", ["local", "--format", "xml"], /argument 'xml' is invalid\. Allowed choices are text, json/],
        ["preview", ["local", "--force"], /unknown option '--force'/],
        ["preview", ["local"], /pulumi is not on PATH/],
        ["drift", ["local"], /pulumi is not on PATH/],
        ["preview", ["local", "--with-policy"], /--with-policy goes with --candidate/],
        ["preview", ["local", "--candidate", "none"], /--candidate \S+: there is no such folder/],
        ["preview", ["local", "--candidate", "."], /the checkout of this command may not lie in it/],
        ["preview", ["local", "--candidate", NO_CHECKOUT], /is not a git checkout|git is not on PATH/],
        ["preview", ["local", "--embedded"], /There is no embedded cluster; npm start makes one/],
    ] as const) {
        it(`ends npm run ${script} -- ${args.join(" ")}`, async () => {
            const env = { PATH: path.dirname(process.execPath), WIKIFUNCTIONS_LAB_DIR: at("lab") };
            const { exitCode, stdout, stderr } = await execa(process.execPath, ["--import", "tsx", `commands/${script}.ts`, ...args], { cwd: REPOSITORY, env, extendEnv: false, reject: false });
            assert.deepEqual([exitCode, stdout], [2, ""], stderr);
            assert.match(stderr, says);
            assert.doesNotMatch(stderr, /\n {4}at /);
        });
    }

    it("is told by --help, with the others", async () => {
        for (const script of ["config", "drift", "preview"]) {
            const { exitCode, stdout } = await execa(process.execPath, ["--import", "tsx", `commands/${script}.ts`, "--help"], { cwd: REPOSITORY });
            assert.equal(exitCode, 0);
            assert.match(stdout, /Exit code: 0 clean; 1 violations or drift; 2 /);
        }
    });
});
