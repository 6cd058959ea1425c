import { Command, Option } from "commander";
import { listenForInterrupt } from "../cli/interrupt";
import { EXIT_FOUND } from "../cli/problem";
import { step } from "../cli/progress";
import { start } from "../cli/start";
import { Unusable } from "../policy/model/unusable";
import { EXIT_CODES } from "./exit-codes";
import { ordered } from "./drift/finding";
import { objectsIn } from "./drift/objects";
import { planned } from "./drift/planned";
import { json, text } from "./drift/report";
import { unmanaged } from "./drift/unmanaged";
import { violations } from "./drift/violations";
import { preview, violationsInState } from "./pulumi";

const REPORTS = { text, json };

async function drift(stack: string, { format }: { readonly format: keyof typeof REPORTS }): Promise<void> {
    listenForInterrupt();
    const ofState = await step(`Judging the state of ${stack}`, () => violationsInState(stack));
    const previewed = await step(`Refreshing and previewing ${stack}`, () => preview({ stack, args: ["--refresh"] }));
    const { findings, context, namespaces, managed, services } = planned(previewed);
    const found = context === undefined ? [] : await step(`Looking for what Pulumi doesn't manage in ${namespaces.join(", ")}`, () => objectsIn(context, namespaces));
    const all = ordered([...findings, ...unmanaged(found, managed, services), ...violations(previewed.violations, ofState)]);
    process.stdout.write(REPORTS[format](stack, all));
    process.exitCode = all.length === 0 ? 0 : EXIT_FOUND;
}

void start(new Command("npm run drift --")
    .description("Says what the cluster of a stack has that the program hasn't, and the other way round, and what the pack refuses in Pulumi's state. Changes nothing: neither the cluster nor Pulumi's state.")
    .argument("<stack>", "name of the stack")
    .addOption(new Option("--format <format>", "how to report").choices(Object.keys(REPORTS)).default("text"))
    .addHelpText("after", `\n${EXIT_CODES}`)
    .action(drift), Unusable);
