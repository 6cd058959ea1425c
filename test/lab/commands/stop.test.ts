import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { LAB_MARK } from "../../../lab/paths";
import { labCommand, temporaryFolder } from "../support";

describe("npm stop", () => {
    const at = temporaryFolder();
    const stop = (...args: string[]) => labCommand(["stop", ...args], { WIKIFUNCTIONS_LAB_DIR: at("lab"), WIKIFUNCTIONS_LAB_CACHE: at("cache") });
    const file = async (folder: string, name: string): Promise<void> => {
        await mkdir(at(folder), { recursive: true });
        await writeFile(at(folder, name), "");
    };

    it("removes what a start left that didn't come far, keeps the built tools, and may be said twice", async () => {
        await file("lab/bin", LAB_MARK);
        await file("lab/bin", "pulumi");
        await file("lab/pulumi/state", "meta.yaml");
        await file("lab/cluster", "tokens.csv");
        await file("cache/etcd-0123456789abcdef", "etcd");
        for (const time of ["first", "second"]) {
            const { exitCode, stdout, stderr } = await stop();
            assert.deepEqual([exitCode, stdout], [0, ""], time);
            assert.match(stderr, /^No embedded cluster is running\. The built tools stay in .*cache\.$/);
            assert.deepEqual([await readdir(at("lab")), await readdir(at("cache"))], [[], ["etcd-0123456789abcdef"]], time);
        }
    });

    it("removes the built tools when told to, but no folder of programs that isn't the lab's", async () => {
        await file("cache/etcd-0123456789abcdef", "etcd");
        await file("lab/bin", "sh");
        const { exitCode, stderr } = await stop("--cache");
        assert.equal(exitCode, 0);
        assert.match(stderr, /The built tools are removed too\.$/);
        assert.deepEqual([existsSync(at("cache")), await readdir(at("lab/bin"))], [false, ["sh"]]);
    });
});
