import assert from "node:assert/strict";
import { cp, mkdir, readdir, rm, symlink } from "node:fs/promises";
import execa from "execa";
import { forReviewers } from "../../../commands/preview/changed";
import { changeOfEachTest, PATH } from "./change";

describe("a preview of a change shows the reviewers", () => {
    const { at, write } = changeOfEachTest();
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

    it("another commit of a repository in it, whether its folder is there or not", async () => {
        const link = (where: string, digit: string, folder: string) => execa("git", ["update-index", "--add", "--cacheinfo", `160000,${digit.repeat(40)},${folder}`], { cwd: at(where) });
        await commit("change");
        for (const where of ["checkout", "change"]) {
            await mkdir(at(where, "docs/there"), { recursive: true });
            await link(where, "1", "docs/there");
            await link(where, "1", "docs/gone");
        }
        assert.deepEqual(await shown(), []);
        await link("change", "2", "docs/there");
        await link("change", "2", "docs/gone");
        assert.deepEqual(await shown(), ["docs/gone", "docs/there"]);
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
