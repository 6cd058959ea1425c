import assert from "node:assert/strict";
import { lstat, mkdir, readdir, readFile, readlink, stat, writeFile } from "node:fs/promises";
import execa from "execa";
import { REPOSITORY } from "../../../cli/repository";
import { pointTo, putInPlace, wrap } from "../../../lab/toolchain/programs";
import { script, temporaryFolder } from "../support";

describe("programs in the lab's folder", () => {
    const at = temporaryFolder();

    it("point to an official one, which looks for its parts beside itself", async () => {
        await script(at("official"), "echo official");
        await pointTo(at("bin/pulumi"), at("official"));
        await pointTo(at("bin/pulumi"), at("official"));
        assert.equal(await readlink(at("bin/pulumi")), at("official"));
        assert.deepEqual(await readdir(at("bin")), ["pulumi"]);
    });

    it("are those of the cache themselves, their owner's alone, and replace what was there", async () => {
        await script(at("built"), "echo built");
        await mkdir(at("bin"));
        await pointTo(at("bin/pulumi"), at("elsewhere"));
        await putInPlace(at("bin/pulumi"), at("built"));
        await putInPlace(at("bin/pulumi"), at("built"));
        assert.ok((await lstat(at("bin/pulumi"))).isFile());
        assert.equal((await stat(at("bin/pulumi"))).mode & 0o777, 0o700);
        assert.equal((await stat(at("bin/pulumi"))).ino, (await stat(at("built"))).ino);
        assert.deepEqual(await readdir(at("bin")), ["pulumi"]);
    });

    it("stay as they were when the new one can't be had", async () => {
        await script(at("built"), "echo built");
        await putInPlace(at("bin/pulumi"), at("built"));
        await assert.rejects(putInPlace(at("bin/pulumi"), at("missing")), { code: "ENOENT" });
        assert.equal((await execa(at("bin/pulumi"))).stdout, "built");
        assert.deepEqual(await readdir(at("bin")), ["pulumi"]);
    });

    it("run a file of this repository from anywhere, with the arguments as they are", async () => {
        // The path from the repository to a file outside, with all that a shell or a URL could trip over.
        await mkdir(at("it's 100% #1"));
        await writeFile(at("it's 100% #1/main.ts"), "const told: string[] = process.argv.slice(2);\nprocess.stdout.write(JSON.stringify(told));\n");
        await wrap(at("run"), `${"../".repeat(REPOSITORY.split("/").length)}${at("it's 100% #1/main.ts").slice(1)}`);
        const { stdout } = await execa(at("run"), ["a b", "", "$HOME", "'"], { cwd: at() });
        assert.deepEqual(JSON.parse(stdout), ["a b", "", "$HOME", "'"]);
        assert.equal((await stat(at("run"))).mode & 0o777, 0o700);
        assert.match(await readFile(at("run"), "utf8"), /^#!\/bin\/sh\nexec /);
    });
});
