import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { REPOSITORY } from "../../../cli/repository";
import { succeed } from "./figure";

/** A clone with nothing installed, built or cached, started as a newcomer would; removed again. */
export async function coldStart(): Promise<void> {
    const folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-cold-"));
    const clone = path.join(folder, "clone");
    const env = { GOCACHE: path.join(folder, "go-build"), GOMODCACHE: path.join(folder, "go-mod"), npm_config_cache: path.join(folder, "npm"), WIKIFUNCTIONS_LAB_DIR: ".lab", WIKIFUNCTIONS_LAB_CACHE: ".lab/cache" };
    try {
        await succeed("git", ["clone", "--quiet", REPOSITORY, clone], {});
        await succeed("npm", ["start"], { cwd: clone, env, stderr: "inherit" });
    } finally {
        await execa("npm", ["stop"], { cwd: clone, reject: false, env });
        // Go makes its module cache read-only.
        await execa("go", ["clean", "-modcache"], { reject: false, env });
        await rm(folder, { recursive: true, force: true });
    }
}
