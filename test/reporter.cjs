"use strict";

const { Runner, reporters } = require("mocha");

/** mocha's spec reporter, closed by one line `N passed, N failed` so that the count is visible to whoever reads only the end. */
module.exports = class Counted extends reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        runner.once(Runner.constants.EVENT_RUN_END, () => {
            const { passes, failures, pending } = runner.stats;
            console.log(`${passes} passed, ${failures} failed${pending ? `, ${pending} skipped` : ""}`);
        });
    }
};
