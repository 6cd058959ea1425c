import assert from "node:assert/strict";
import { goVersion, judgeGo, LEAST_GO } from "../../../lab/toolchain/go";
import { isProblem, script, temporaryFolder, withVariables } from "../support";

describe("the Go that is installed", () => {
    it("is taken by its number, however it names itself", () => {
        for (const [said, version] of [["go version go1.26.8 linux/amd64", "1.26.8"], ["go version go1.27 linux/amd64", "1.27.0"], ["go version go1.28rc1 darwin/arm64", "1.28.0"], ["go version go2.0.1 X:nocoverageredesign linux/amd64", "2.0.1"]] as const) {
            assert.deepEqual(judgeGo(said), { version }, said);
        }
    });

    it("is refused where it is too old or unheard of, with the version found and the one needed", () => {
        assert.deepEqual(judgeGo("go version go1.25.9 linux/amd64"), { problem: `Go is 1.25.9; building the tool chain needs Go ${LEAST_GO} or newer on PATH.` });
        assert.deepEqual(judgeGo("go version go1.9 linux/amd64"), { problem: `Go is 1.9.0; building the tool chain needs Go ${LEAST_GO} or newer on PATH.` });
        assert.deepEqual(judgeGo("gccgo, sort of\n"), { problem: `Go is gccgo, sort of; building the tool chain needs Go ${LEAST_GO} or newer on PATH.` });
        assert.deepEqual(judgeGo(undefined), { problem: `Go is not installed; building the tool chain needs Go ${LEAST_GO} or newer on PATH.` });
    });

    describe("is the one on PATH", () => {
        const at = temporaryFolder();
        withVariables(() => ({ PATH: at() }));

        it("which may not fetch another one instead of itself", async () => {
            await script(at("go"), "[ \"$GOTOOLCHAIN $*\" = \"local version\" ] && echo go version go1.99.1 linux/amd64");
            assert.equal(await goVersion(), "1.99.1");
        });

        it("or missing", async () => {
            await assert.rejects(goVersion(), isProblem(/^Go is not installed; /));
        });

        it("or broken", async () => {
            await script(at("go"), "echo go version go1.26.8; exit 1");
            await assert.rejects(goVersion(), isProblem(/^Go is not installed; /));
        });

        it("or too old", async () => {
            await script(at("go"), "echo go version go1.25.0 linux/amd64");
            await assert.rejects(goVersion(), isProblem(/^Go is 1\.25\.0; /));
        });
    });
});
