import { Command, InvalidArgumentError, Option } from "commander";
import { start } from "../cli/start";
import { SUITES } from "./commands/suites";

const program = new Command("npm run")
    .description("The Wikifunctions services on an embedded Kubernetes control plane, and the project's checks.")
    .enablePositionalOptions();

function positive(text: string): number {
    if (!/^[1-9]\d*$/.test(text)) {
        throw new InvalidArgumentError("It must be a whole number, 1 or more.");
    }
    return Number(text);
}

/** Commands load what they need only when they run: `npm run env` should not wait for what `npm start` is made of. */
program.command("start")
    .description("get the tools, start the embedded control plane and deploy the stack `local` to it, with the policy pack")
    .option("--node", "only with a node to run the pods on, a virtual machine; without this option, where there can be one")
    .addOption(new Option("--no-node", "without a node: the control plane alone").env("WIKIFUNCTIONS_LAB_NO_NODE"))
    .action(async (options: { node?: boolean }) => (await import("./commands/start.js")).start(options));
program.command("stop")
    .description("stop the embedded control plane and remove its data and the state of its stack")
    .option("--cache", "remove the built tools too")
    .action(async (options: { cache?: boolean }) => (await import("./commands/stop.js")).stop(options));
program.command("env")
    .description('print what a shell needs to use the embedded cluster: eval "$(npm run -s env)"')
    .action(async () => (await import("./commands/tools.js")).env());
program.command("kubectl")
    .description("run kubectl on the embedded cluster: npm run kubectl -- get pods -A")
    .argument("[args...]")
    .helpOption(false)
    // All of it is kubectl's, even a `--` in the middle.
    .passThroughOptions()
    .allowUnknownOption()
    .action(async (args: string[]) => { process.exitCode = await (await import("./commands/tools.js")).kubectl(args); });
program.command("lint")
    .description("check types and style")
    .action(async () => (await import("./commands/checks.js")).lint());
program.command("test")
    .description(`run the linters and all tests, or only the suites named: ${Object.keys(SUITES).join(", ")}`)
    .argument("[suites...]")
    .action(async (suites: string[]) => { process.exitCode = await (await import("./commands/checks.js")).test(suites); });
program.command("compat")
    .description("build the control plane of another release of Kubernetes, deploy the stack `local` to it, and test what the cluster itself refuses")
    .argument("<release>", "such as v1.30.14; 1.30 is the oldest that the services run on")
    .action(async (release: string) => { process.exitCode = await (await import("./commands/compat.js")).compat(release); });
program.command("docs")
    .description("write the generated parts of README.md and docs/; where the embedded cluster is, with a blocked preview from it")
    .option("--check", "only say which of them are stale, with exit code 1")
    .action(async (options: { check?: boolean }) => { process.exitCode = await (await import("./commands/docs.js")).docs({ check: options.check ?? false }); });
program.command("bench")
    .description("print how long a check of manifests, a start and a preview take")
    .option("--rounds <n>", "how often each is measured", positive, 3)
    .option("--cold", "measure a start with empty caches too; takes some ten minutes")
    .option("--confinement", "instead of all that, what seccomp, AppArmor and gVisor cost the same work, on a node")
    .action(async ({ rounds, cold = false, confinement = false }: { rounds: number; cold?: boolean; confinement?: boolean }) => (await import("./commands/bench.js")).bench({ rounds, cold, confinement }));

void start(program);
