import assert from "node:assert/strict";
import { chmod, mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { cleanEnvironment } from "../../../commands/preview/environment";
import { objectionsToStackFile } from "../../../commands/preview/stack-file";
import { REPOSITORY } from "../../../cli/repository";
import { script, until } from "../../lab/support";
import { changeOfEachTest, PATH, STACK } from "./change";

describe("a preview of a change", () => {
    const { at } = changeOfEachTest();

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
