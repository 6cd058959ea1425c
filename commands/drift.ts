import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
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
import { hideFromProgram } from "./hidden";
import { preview, violationsInState, type Preview } from "./pulumi";

const REPORTS = { text, json };
/** Has the provider take over, in the dry run of a preview, fields that somebody has set with `kubectl`: else it ends at the first, where it should name each. */
const TAKE_OVER = "PULUMI_K8S_ENABLE_PATCH_FORCE";

async function refreshed(stack: string): Promise<Preview> {
    const bin = await mkdtemp(path.join(tmpdir(), "wikifunctions-drift-"));
    try {
        // The program would make it a setting of its provider, which the pack refuses.
        await hideFromProgram(bin, [TAKE_OVER]);
        return await preview({ stack, args: ["--refresh"], env: { [TAKE_OVER]: "true", PATH: [bin, process.env["PATH"]].join(path.delimiter) } });
    } finally {
        await rm(bin, { recursive: true, force: true });
    }
}

async function drift(stack: string, { format }: { readonly format: keyof typeof REPORTS }): Promise<void> {
    listenForInterrupt();
    const ofState = await step(`Judging the state of ${stack}`, () => violationsInState(stack));
    const previewed = await step(`Refreshing and previewing ${stack}`, () => refreshed(stack));
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
