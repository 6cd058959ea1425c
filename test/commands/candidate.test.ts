import assert from "node:assert/strict";
import { chmod, cp, mkdir, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { assemble } from "../../commands/preview/assemble";
import { forReviewers } from "../../commands/preview/changed";
import { ARTIFACTS, emptyDestination } from "../../commands/preview/destination";
import { cleanEnvironment } from "../../commands/preview/environment";
import { objectionsToStackFile } from "../../commands/preview/stack-file";
import { EXIT_FOUND, Problem } from "../../lab/problem";
import { REPOSITORY } from "../../lab/paths";
import { script, temporaryFolder, until } from "../lab/support";

const STACK = "staging";
/** What a preview reads of a change. */
const TAKEN = ["infra", "Pulumi.staging.yaml", "policy"];
const PATH = process.env["PATH"] ?? "";

describe("a preview of a change", () => {
    const at = temporaryFolder();
    const write = async (file: string, text = ""): Promise<void> => {
        await mkdir(path.dirname(at("change", file)), { recursive: true });
        await writeFile(at("change", file), text);
    };
    const take = (withPolicy = false): Promise<void> => assemble(at("made"), { checkout: REPOSITORY, candidate: at("change"), stack: STACK, withPolicy });
    const read = (file: string): Promise<string> => readFile(at("made", file), "utf8");
    const own = (file: string): Promise<string> => readFile(path.join(REPOSITORY, file), "utf8");

    beforeEach(async () => {
        for (const part of TAKEN) {
            await cp(path.join(REPOSITORY, part), at("change", part), { recursive: true, filter: (file) => path.basename(file) !== "node_modules" });
        }
    });

    it("takes the program and the stack's file from it, and all else from the checkout", async () => {
        await write("infra/apparmor/profiles/wikifunctions-evaluator-ruby", "profile");
        await write("infra/index.ts", "program");
        await write("Pulumi.staging.yaml", "config: {}");
        for (const file of ["policy/pack.ts", "Pulumi.yaml", "package.json", "tsconfig.json", "infra/tsconfig.json", "commands/preview.ts", "lab/paths.ts", "Pulumi.local.yaml"]) {
            await write(file, "trick");
        }
        await take();
        assert.deepEqual([await read("infra/index.ts"), await read("Pulumi.staging.yaml"), await read("infra/apparmor/profiles/wikifunctions-evaluator-ruby")], ["program", "config: {}", "profile"]);
        for (const file of ["policy/pack.ts", "Pulumi.yaml", "package.json", "tsconfig.json", "infra/tsconfig.json", "commands/preview.ts", "lab/paths.ts"]) {
            assert.equal(await read(file), await own(file), file);
        }
        assert.deepEqual((await readdir(at("made"))).sort(), ["Pulumi.staging.yaml", "Pulumi.yaml", "commands", "infra", "lab", "node_modules", "package.json", "policy", "tsconfig.json"]);
        assert.equal(await realpath(at("made/node_modules")), await realpath(path.join(REPOSITORY, "node_modules")));
    });

    it("takes its policy where that is asked for", async () => {
        await write("policy/approved/staging.yaml", "approved");
        await rm(at("change/policy/pack.ts"));
        await take(true);
        assert.equal(await read("policy/approved/staging.yaml"), "approved");
        assert.ok(!(await readdir(at("made/policy"))).includes("pack.ts"));
    });

    const REFUSED: Readonly<Record<string, readonly [change: () => Promise<unknown>, says: RegExp, withPolicy?: boolean]>> = {
        "a symbolic link": [() => symlink("/etc/hostname", at("change/infra/apparmor/profiles/other")), /infra\/apparmor\/profiles\/other is neither a file nor a folder, but a symbolic link; put the file itself there/],
        "a link in the place of a folder": [() => rm(at("change/infra/config"), { recursive: true }).then(() => symlink("../policy", at("change/infra/config"))), /infra\/config is neither/],
        "a link in the place of infra/": [() => rm(at("change/infra"), { recursive: true }).then(() => symlink("policy", at("change/infra"))), /infra is neither/],
        "a link in the place of the compiler's options": [() => rm(at("change/infra/tsconfig.json")).then(() => symlink("../x", at("change/infra/tsconfig.json"))), /infra\/tsconfig\.json is neither/],
        "a link in the place of the stack's file": [() => rm(at("change/Pulumi.staging.yaml")).then(() => symlink("/etc/hostname", at("change/Pulumi.staging.yaml"))), /Pulumi\.staging\.yaml is neither/],
        "a pipe": [() => execa("mkfifo", [at("change/infra/pipe")]), /infra\/pipe is neither a file nor a folder, but a special file/],
        "packages": [() => write("infra/node_modules/x/index.js"), /infra\/node_modules has a name that infra\/ may not hold.*; name it like a program's part: name\.ts/],
        "npm's settings": [() => write("infra/.npmrc"), /infra\/\.npmrc has a name/],
        "a package": [() => write("infra/package.json"), /infra\/package\.json has a name/],
        "a compiler's options further down": [() => write("infra/config/tsconfig.json"), /infra\/config\/tsconfig\.json has a name/],
        "code that isn't looked at as such": [() => write("infra/x.cjs"), /infra\/x\.cjs has a name/],
        "a plugin's settings": [() => write("infra/PulumiPlugin.yaml"), /infra\/PulumiPlugin\.yaml has a name/],
        "an environment in the stack's file": [() => write("Pulumi.staging.yaml", "config: {}\nenvironment: { environmentVariables: { NODE_OPTIONS: --require=x } }\n"), /Pulumi\.staging\.yaml has another "environment" than the checkout's; of a change it may differ in config and encryptionsalt only/],
        "where the stack's secrets are": [() => write("Pulumi.staging.yaml", "secretsprovider: awskms://x\n"), /has another "secretsprovider" than/],
        "two keys in one of the stack's file": [() => write("Pulumi.staging.yaml", "config: {}\nconfig: {}\n"), /Pulumi\.staging\.yaml is no mapping in YAML/],
        "no file for the stack": [() => rm(at("change/Pulumi.staging.yaml")), /Pulumi\.staging\.yaml isn't there/],
        "packages of the policy": [() => write("policy/node_modules/x/index.js"), /policy\/node_modules has a name/, true],
        "a link in the policy": [() => symlink("/etc/hostname", at("change/policy/approved/x.yaml")), /policy\/approved\/x\.yaml is neither/, true],
    };
    for (const [what, [change, says, withPolicy]] of Object.entries(REFUSED)) {
        it(`refuses ${what}`, async () => {
            await change();
            await assert.rejects(take(withPolicy), (error) => error instanceof Problem && error.exitCode === EXIT_FOUND && says.test(error.message) && !/isn't there.*isn't there/.test(error.message));
            await assert.rejects(readdir(at("made")));
        });
    }

    describe("shows the reviewers", () => {
        const commit = async (where: string): Promise<void> => {
            await execa("git", ["init", "--quiet"], { cwd: at(where) });
            await execa("git", ["add", "--all", "--force"], { cwd: at(where) });
        };
        const shown = () => forReviewers(at("checkout"), at("change"), { PATH });
        beforeEach(async () => {
            await write(".gitignore", "built/\n");
            await cp(at("change"), at("checkout"), { recursive: true });
            await commit("checkout");
        });

        it("nothing where only what is previewed differs, or what git ignores", async () => {
            await write("infra/index.ts", "other");
            await write("Pulumi.production.yaml", "other");
            await commit("change");
            await write("built/x", "other");
            assert.deepEqual(await shown(), []);
        });

        it("what is changed, added, deleted, made a link, or hidden by .gitignore", async () => {
            await write("policy/pack.ts", "other");
            await write(".npmrc", "other");
            await write("infra/tsconfig.json", "{}");
            await write(".lab/bin/pulumi", "other");
            await write("built/tool", "other");
            await rm(at("change/policy/judge.ts"));
            await rm(at("change/policy/main.ts"));
            await symlink("pack.ts", at("change/policy/main.ts"));
            await commit("change");
            assert.deepEqual(await shown(), [".lab/bin/pulumi", ".npmrc", "built/tool", "infra/tsconfig.json", "policy/judge.ts", "policy/main.ts", "policy/pack.ts"]);
        });

        it("a repository in it, of which git has no more than a commit's number", async () => {
            await commit("change");
            await mkdir(at("change/policy/sub"));
            await execa("git", ["update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},policy/sub`], { cwd: at("change") });
            assert.deepEqual(await shown(), ["policy/sub"]);
        });

        it("what there is, and fetches nothing that isn't, whatever the change's git is told", async () => {
            const git = (...args: readonly string[]) => execa("git", args, { cwd: at("change") });
            await write("docs/.gitignore", "x");
            await commit("change");
            await rm(at("change/docs/.gitignore"));
            await git("update-index", "--skip-worktree", "docs/.gitignore");
            const { stdout: object } = await git("rev-parse", ":docs/.gitignore");
            await rm(at("change/.git/objects", object.slice(0, 2), object.slice(2)));
            const settings = { "core.repositoryformatversion": "1", "extensions.partialClone": "x", "remote.x.promisor": "true", "remote.x.url": `ext::sh -c touch% ${at("ran")}`, "protocol.ext.allow": "always" };
            for (const [key, value] of Object.entries(settings)) {
                await git("config", key, value);
            }
            await write("docs/y");
            await shown().catch(() => undefined);
            assert.ok(!(await readdir(at())).includes("ran"));
        });

        it("only of a checkout", async () => {
            await assert.rejects(shown(), /change is not a git checkout, so that nobody can say what the change is/);
        });
    });

    it("has an environment of what is known, and no programs of the change on PATH", () => {
        const env = {
            PATH: `${at("change/bin")}:relative::/usr/bin`, HOME: "/home", KUBECONFIG: "/a:b", LANG: "C", PULUMI_BACKEND_URL: "file:///x",
            NODE_OPTIONS: "--require x", NODE_PATH: "x", npm_config_prefix: "x", TS_NODE_PROJECT: "x", TSX_TSCONFIG_PATH: "x", LD_PRELOAD: "x", GIT_DIR: "x", PULUMI_DEV: "x", PULUMI_DISABLE_PROVIDER_PREVIEW: "x", AWS_SECRET_ACCESS_KEY: "x", CI_JOB_TOKEN: "x",
        };
        const { WIKIFUNCTIONS_LAB_DIR: lab, WIKIFUNCTIONS_LAB_CACHE: cache, ...rest } = cleanEnvironment(env, at("change"));
        assert.deepEqual(rest, { PATH: "/usr/bin", HOME: "/home", KUBECONFIG: `/a:${path.resolve("b")}`, LANG: "C", PULUMI_BACKEND_URL: "file:///x", PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true", PULUMI_SKIP_UPDATE_CHECK: "true" });
        assert.deepEqual([lab, cache], [path.join(REPOSITORY, ".lab"), path.join(REPOSITORY, ".lab/cache")]);
    });

    it("takes of the stack's file what the checkout's has, and config and salt", () => {
        const found = (text: string, own?: string): string[] => objectionsToStackFile("Pulumi.x.yaml", text, own);
        assert.deepEqual([found(""), found("config: { a: b }\nencryptionsalt: v1"), found("secretsprovider: x\n", "config: {}\nsecretsprovider: x")], [[], [], []]);
        for (const text of ["environment: [x]", "x", "- x", "config: {}\n---\nconfig: {}", "Config: {}", "<<: { config: {} }", "1: {}", "config: {"]) {
            assert.equal(found(text, "config: {}").length, 1, text);
        }
    });

    describe("with the folder of its artifacts in the change", () => {
        const folder = (): string => at("change/artifacts/staging");
        const empty = (): Promise<void> => emptyDestination(folder(), [at("change")]);

        it("removes what passes for artifacts, links but not what they lead to, and nothing else", async () => {
            await Promise.all([write("artifacts/staging/other"), write("artifacts/staging/posture.md", "just as approved"), writeFile(at("victim"), "whole")]);
            await symlink(at("victim"), path.join(folder(), "junit.xml"));
            await mkdir(path.join(folder(), "results.sarif"));
            await empty();
            assert.deepEqual([await readdir(folder()), await readFile(at("victim"), "utf8")], [["other"], "whole"]);
        });

        it("refuses a link on the way there", async () => {
            await mkdir(at("elsewhere/staging"), { recursive: true });
            await writeFile(at("elsewhere/staging", ARTIFACTS.comment), "whole");
            await symlink(at("elsewhere"), at("change/artifacts"));
            await assert.rejects(empty(), (error) => error instanceof Problem && error.exitCode === EXIT_FOUND && /the change has something there that is no folder, .*change\/artifacts; remove it/.test(error.message));
            assert.equal(await readFile(at("elsewhere/staging", ARTIFACTS.comment), "utf8"), "whole");
        });

        it("needs none to be there, nor to lie in the change", async () => {
            await empty();
            await emptyDestination(at("elsewhere"), [at("change")]);
        });
    });

    it("says first that the change's policy judges it, and leaves nothing after a Ctrl-C", async () => {
        const waits = await script(at("pulumi"), `: > "${at("started")}"`, "exec sleep 60");
        await chmod(waits, 0o755);
        await execa("git", ["init", "--quiet"], { cwd: at("change") });
        await mkdir(at("tmp"));
        const env = { PATH: `${at()}:${PATH}`, TMPDIR: at("tmp") };
        const child = execa(process.execPath, ["--import", "tsx", "commands/preview.ts", STACK, "--candidate", at("change"), "--with-policy"], { cwd: REPOSITORY, env, reject: false });
        await until("the preview runs", async () => (await readdir(at())).includes("started"));
        assert.ok((await readdir(at("tmp"))).some((name) => name.startsWith("wikifunctions-candidate-")));
        child.kill("SIGINT");
        const { exitCode, stdout } = await child;
        assert.equal(exitCode, 130);
        assert.match(stdout, /^Judged by the change's own policy\/ \(--with-policy\)\.\nNeeds the reviewers, and is not in this preview:\n/);
        assert.deepEqual((await readdir(at("tmp"))).filter((name) => name.startsWith("wikifunctions-")), []);
    });
});
