import { serve } from "./server";

/** `pulumi` starts a plugin with the address of its engine, and reads the port from standard output. */
const engine = process.argv.slice(2).find((argument) => !argument.startsWith("-")) ?? "";

serve(engine).then(
    ({ port }) => { process.stdout.write(`${port}\n`); },
    (error: unknown) => {
        console.error(error);
        process.exit(1);
    },
);
