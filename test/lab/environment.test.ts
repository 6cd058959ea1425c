import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { asExports, folders, labEnvironment } from "../../lab/environment";
import { temporaryFolder, withVariables } from "./support";

describe("the environment of the tools", () => {
    const at = temporaryFolder();
    withVariables(() => ({ WIKIFUNCTIONS_LAB_DIR: at("it's $HOME \"lab\""), PATH: `${at("it's $HOME \"lab\"", "bin")}:/usr/bin:/bin` }));

    it("is the lab's tools, once and first, its kubeconfig and its own state", async () => {
        const lab = at("it's $HOME \"lab\"");
        assert.deepEqual(await labEnvironment(), {
            PATH: `${lab}/bin:/usr/bin:/bin`,
            KUBECONFIG: `${lab}/cluster/kubeconfig`,
            PULUMI_BACKEND_URL: `file://${lab}/pulumi/state?metadata=skip`,
            PULUMI_HOME: `${lab}/pulumi/home`,
            PULUMI_CONFIG_PASSPHRASE: "",
            PULUMI_SKIP_UPDATE_CHECK: "true",
        });
        for (const directory of [folders().backend, folders().home]) {
            assert.equal((await stat(directory)).mode & 0o777, 0o700, directory);
        }
    });

    it("can be evaluated by a shell, whatever is in its paths, and keeps the shell's own PATH", async () => {
        const env = await labEnvironment();
        const names = Object.keys(env);
        const { stdout } = await execa("sh", ["-c", `eval "$1"; for name in ${names.join(" ")}; do eval "printf '%s\\n' \\"\\$$name\\""; done`, "sh", asExports(env)], { env: { PATH: "/own/bin:/usr/bin:/bin" } });
        assert.deepEqual(stdout.split("\n"), Object.values({ ...env, PATH: `${path.join(folders().bin)}:/own/bin:/usr/bin:/bin` }));
    });
});
