"use strict";

// Every suite: fast ones first, because a broken rule should not wait for a cluster. A file of one may stand for itself.
const suites = (process.env.TEST_SUITES ?? "unit,policy,report,lab,commands,relaxations,cluster,node,attacks").split(",");

module.exports = {
    require: ["tsx/cjs"],
    reporter: "test/reporter.cjs",
    spec: suites.map((suite) => suite.endsWith(".test.ts") ? suite : `test/${suite}/**/*.test.ts`),
    // Of two runs at a time on two processors, neither has one for itself.
    timeout: 20_000,
};
