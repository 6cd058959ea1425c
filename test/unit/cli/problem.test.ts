import assert from "node:assert/strict";
import { EXIT_FOUND, exitCodeOf, explain, noSpace, Problem } from "../../../cli/problem";
import { withVariables } from "../../lab/support";

describe("what a user is told", () => {
    // Whether or not the tests run on a terminal.
    withVariables(() => ({ NO_COLOR: "1" }));

    it("of a problem is its line alone", () => {
        assert.equal(explain(new Problem("Go is missing.")), "Go is missing.");
    });

    it("of a full disk is where it is full, without a stack", () => {
        const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", path: "/lab/file" });
        assert.equal(explain(full), "No space is left on the disk for /lab/file; free some and run the command again.");
        assert.equal(explain(Object.assign(new Error("ENOSPC"), { code: "ENOSPC" })), "No space is left on the disk; free some and run the command again.");
        assert.equal(explain(noSpace("building")), "No space is left on the disk for building; free some and run the command again.");
    });

    it("of what nobody foresaw is everything", () => {
        assert.match(explain(new TypeError("a mistake")), /^TypeError: a mistake\n\s+at /);
        assert.equal(explain("thrown text"), "thrown text");
    });

    it("is followed by the exit code: 2 for use and surroundings, 1 for what a tool has found", () => {
        assert.deepEqual([new Problem("x"), new Problem("x", EXIT_FOUND), new TypeError("x")].map(exitCodeOf), [2, 1, 2]);
    });
});
