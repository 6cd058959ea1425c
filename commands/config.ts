import { readFile } from "node:fs/promises";
import path from "node:path";
import { Command } from "commander";
import { EXIT_FOUND, Problem } from "../cli/problem";
import { REPOSITORY } from "../cli/repository";
import { start } from "../cli/start";
import { report } from "../infra/config/problem";
import { validate } from "../infra/config/validate";
import { rawConfigOf } from "./config/read";
import { EXIT_CODES } from "./exit-codes";

const read = (file: string): Promise<string> => readFile(path.join(REPOSITORY, file), "utf8");

async function config(stack: string): Promise<void> {
    const file = `Pulumi.${stack}.yaml`;
    const text = await read(file).catch(() => { throw new Problem(`There is no stack file ${file}.`); });
    const result = validate(rawConfigOf(await read("Pulumi.yaml"), file, text));
    const wrong = "problems" in result;
    console.log(wrong ? report(stack, result.problems) : `${file}: every key is known, and every value is one that the program takes.`);
    process.exitCode = wrong ? EXIT_FOUND : 0;
}

void start(new Command("npm run config --")
    .description("Checks a stack's file as the program does, without a cluster and without Pulumi.")
    .argument("<stack>", "name of the stack")
    .addHelpText("after", `\n${EXIT_CODES}`)
    .action(config));
