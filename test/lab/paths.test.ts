import assert from "node:assert/strict";
import path from "node:path";
import { REPOSITORY } from "../../cli/repository";
import { cacheDirectory, labDirectory } from "../../lab/paths";

describe("where the lab keeps its things", () => {
    it("is one folder of the checkout", () => {
        assert.equal(labDirectory({}), path.join(REPOSITORY, ".lab"));
        assert.equal(cacheDirectory({}), path.join(REPOSITORY, ".lab/cache"));
    });

    it("is elsewhere when variables say so; empty ones say nothing", () => {
        assert.equal(labDirectory({ WIKIFUNCTIONS_LAB_DIR: "/else/where" }), "/else/where");
        assert.equal(labDirectory({ WIKIFUNCTIONS_LAB_DIR: "other" }), path.join(REPOSITORY, "other"));
        assert.equal(cacheDirectory({ WIKIFUNCTIONS_LAB_DIR: "/else/where", WIKIFUNCTIONS_LAB_CACHE: "/cache" }), "/cache");
        assert.equal(labDirectory({ WIKIFUNCTIONS_LAB_DIR: "" }), path.join(REPOSITORY, ".lab"));
        assert.equal(cacheDirectory({ WIKIFUNCTIONS_LAB_CACHE: "" }), path.join(REPOSITORY, ".lab/cache"));
    });
});
