import assert from "node:assert/strict";
import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { buildFolder, isPartial, ownFolder, writeWhole } from "../../lab/files";
import { temporaryFolder } from "./support";

const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;

describe("files of the lab", () => {
    const at = temporaryFolder();

    it("folders are their owner's alone, with all above them that are new, and even where they were everybody's", async () => {
        assert.equal(await ownFolder(at("new/deep")), at("new/deep"));
        assert.deepEqual([await modeOf(at("new")), await modeOf(at("new/deep"))], [0o700, 0o700]);
        await mkdir(at("old"));
        await chmod(at("old"), 0o777);
        await ownFolder(at("old"));
        assert.equal(await modeOf(at("old")), 0o700);
    });

    it("files are their owner's alone, and take the place of those that weren't", async () => {
        await writeFile(at("file"), "old", { mode: 0o644 });
        await writeWhole(at("file"), "new");
        assert.deepEqual([await readFile(at("file"), "utf8"), await modeOf(at("file"))], ["new", 0o600]);
        await writeWhole(at("program"), "", 0o700);
        assert.equal(await modeOf(at("program")), 0o700);
    });

    it("a file that can't be written leaves nothing behind", async () => {
        await mkdir(at("taken/inside"), { recursive: true });
        await assert.rejects(writeWhole(at("taken"), "text"), { code: /EISDIR|ENOTEMPTY|EEXIST/ });
        assert.deepEqual(await readdir(at()), ["taken"]);
    });

    it("a folder appears when it is complete", async () => {
        await buildFolder(at("built"), async (partial) => {
            assert.ok(isPartial(partial) && !isPartial(at("built")), partial);
            assert.equal(await modeOf(partial), 0o700);
            await writeFile(`${partial}/program`, "");
            assert.deepEqual((await readdir(at())).filter((name) => !isPartial(name)), []);
        });
        assert.deepEqual([await readdir(at()), await readdir(at("built"))], [["built"], ["program"]]);
    });

    it("a folder whose building fails leaves nothing behind", async () => {
        await assert.rejects(buildFolder(at("built"), async (partial) => {
            await writeFile(`${partial}/half`, "");
            throw new Error("no more");
        }), /no more/);
        assert.deepEqual(await readdir(at()), []);
    });
});
