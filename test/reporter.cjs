"use strict";

const { writeFileSync } = require("node:fs");
const { Runner, reporters } = require("mocha");
const { closingLines } = require("./closing");
const { notRun } = require("./missing");

/** Exit code after a Ctrl-C, as shells have it. */
const EXIT_INTERRUPTED = 130;

/** Ends the run after the test that is running, so that what the tests have started is taken down; a second signal ends it at once. */
function endGently(runner) {
    let ending = false;
    const end = () => {
        if (ending) {
            process.exit(EXIT_INTERRUPTED);
        }
        ending = true;
        console.error("Interrupted: the running test ends, then what the tests have started is taken down.");
        runner.abort();
        process.on("exit", () => process.exit(EXIT_INTERRUPTED));
    };
    // Not `once`: where no listener is left but its own, signal-exit, by which execa ends its children, ends this process too.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
        process.on(signal, end);
    }
}

/** Of one file every test is told; of more only a dot, so that nobody has to look for a failure among thousands of lines. */
function kindFor({ suite: { suites, tests } }) {
    const files = new Set([...suites, ...tests].map(({ file }) => file));
    return files.size > 1 ? reporters.Dot : reporters.Spec;
}

/**
 * mocha's own reporter, which tells failures in full, closed by what could not be run and by the count; where TEST_RESULT names a file,
 * both go there instead, for whoever sums up several runs.
 */
module.exports = function Counted(runner, options) {
    const reporter = new (kindFor(runner))(runner, options);
    endGently(runner);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
        const { passes, pending } = runner.stats;
        const result = { passed: passes, failed: reporter.failures.map((test) => test.fullTitle()), skipped: pending, notRun };
        if (process.env.TEST_RESULT) {
            writeFileSync(process.env.TEST_RESULT, JSON.stringify(result));
        } else {
            console.log(closingLines(result).join("\n"));
        }
    });
    return reporter;
};
