"use strict";

const { Runner, reporters } = require("mocha");
const { notRun } = require("./missing");

/** Exit code after a Ctrl-C, as shells have it. */
const EXIT_INTERRUPTED = 130;

/** Ends the run after the test that is running, so that what the tests have started is taken down; a second signal ends it at once. */
function endGently(runner) {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
        process.once(signal, () => {
            console.error("Interrupted: the running test ends, then what the tests have started is taken down.");
            runner.abort();
            process.on("exit", () => process.exit(EXIT_INTERRUPTED));
        });
    }
}

/**
 * mocha's spec reporter, followed by what could not be run, and closed by one line `N passed, N failed` so that the count is visible
 * to whoever reads only the end.
 */
module.exports = class Counted extends reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        endGently(runner);
        runner.once(Runner.constants.EVENT_RUN_END, () => {
            for (const { what, missing, remedy } of notRun) {
                console.log(`not run: ${what}; missing: ${missing}; to get it: ${remedy}`);
            }
            const { passes, failures, pending } = runner.stats;
            console.log(`${passes} passed, ${failures} failed${pending ? `, ${pending} skipped` : ""}`);
        });
    }
};
