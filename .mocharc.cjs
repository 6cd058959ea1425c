"use strict";

// Every suite: fast ones first, because a broken rule should not wait for a cluster.
const suites = (process.env.TEST_SUITES ?? "unit,policy,report,lab,relaxations,cluster,node,attacks").split(",");

module.exports = {
    require: ["tsx/cjs"],
    reporter: "test/reporter.cjs",
    spec: suites.map((suite) => `test/${suite}/**/*.test.ts`),
    timeout: 10_000,
};
