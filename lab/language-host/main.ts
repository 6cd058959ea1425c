import { fstatSync } from "node:fs";
import { running } from "./program";
import { serve } from "./server";

// The one stand-in of the tool chain: Pulumi's official Node.js language host can't be built from a Go module, as the other tools are. Where it is
// installed with the CLI it is used in place of this one, which says in `lab/language-host/server.ts` what it leaves to it.

/** `pulumi` starts a language host with flags and the address of its engine, and reads the port from standard output. */
const engine = process.argv.slice(2).find((argument) => !argument.startsWith("-")) ?? "";

function end(): void {
    running.forEach((child) => child.kill());
    process.exit(1);
}

// The engine holds the other end of standard input and never writes to it: when it ends, the engine has, killed perhaps.
if (fstatSync(0).isFIFO()) {
    process.stdin.on("end", end).resume();
}

serve(engine).then(
    ({ port }) => { process.stdout.write(`${port}\n`); },
    (error: unknown) => {
        console.error(error);
        process.exit(1);
    },
);
