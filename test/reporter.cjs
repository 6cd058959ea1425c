"use strict";

const { Runner, reporters } = require("mocha");
const { notRun } = require("./missing");

/**
 * mocha's spec reporter, followed by what could not be run, and closed by one line `N passed, N failed` so that the count is visible
 * to whoever reads only the end.
 */
module.exports = class Counted extends reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        runner.once(Runner.constants.EVENT_RUN_END, () => {
            for (const { what, missing, remedy } of notRun) {
                console.log(`not run: ${what}; missing: ${missing}; to get it: ${remedy}`);
            }
            const { passes, failures, pending } = runner.stats;
            console.log(`${passes} passed, ${failures} failed${pending ? `, ${pending} skipped` : ""}`);
        });
    }
};
