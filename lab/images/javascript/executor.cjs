// Runs the code that it is given on standard input, as the user who asks for it would have it run.
"use strict";

const { closeSync, readFileSync } = require("node:fs");

const AsyncFunction = (async () => {}).constructor;
// Says that a request can come: from here on the time limit is the code's own.
closeSync(3);
const { code, arguments: values } = JSON.parse(readFileSync(0, "utf8"));
new AsyncFunction("require", "arguments", code)(require, values).catch((error) => {
    console.error(error);
    process.exitCode = 1;
});
