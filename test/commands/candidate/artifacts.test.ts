import assert from "node:assert/strict";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { ARTIFACTS, emptyDestination } from "../../../commands/preview/destination";
import { EXIT_FOUND, Problem } from "../../../cli/problem";
import { changeOfEachTest } from "./change";

describe("a preview of a change with the folder of its artifacts in it", () => {
    const { at, write } = changeOfEachTest();
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
