import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { EXIT_FOUND, EXIT_USAGE, Problem } from "../../cli/problem";
import { say } from "../../cli/progress";
import { REPOSITORY } from "../../cli/repository";
import { start } from "../../cli/start";
import { EXPLAINED, explanations, stale, unexplained, type Explanation } from "./explained";
import { instrument, type Mutant } from "./mutants";
import { Suite } from "./suite";

const FOLDERS = ["policy/model", "policy/posture", "policy/rules"];
const TESTS = "test/policy";
/** Tests that start other processes, where no mutant is, or that need longer than all the rest together. A rule's own tests are quick. */
const LEFT_OUT = /^test\/policy\/(check|commands)\/|\/(program|anywhere|unknown|containment-random|differential)\.test\.ts$|^test\/policy\/review\//;
/** How often a line says how far the run is. Milliseconds. */
const QUIET_INTERVAL = 15_000;

const program = new Command("mutants")
    .description("Changes the policy pack in many small ways, one at a time, and shows which changes no test notices.")
    .argument("[file...]", "sources below policy/model, policy/posture or policy/rules; all of them by default")
    .addHelpText("after", `
Each survivor has to be killed by a test, or explained in ${EXPLAINED}. Texts for people are left as they are.

Exit code: 0 no unexplained survivor and no stale explanation, ${String(EXIT_FOUND)} otherwise, ${String(EXIT_USAGE)} nothing could be tried.
`);

/** Paths in the repository. */
function filesBelow(folder: string, ending: string): string[] {
    return readdirSync(path.join(REPOSITORY, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file.split(path.sep).join("/")}`).filter((file) => file.endsWith(ending)).sort();
}

async function mutate(chosen: readonly string[]): Promise<number> {
    const all = FOLDERS.flatMap((folder) => filesBelow(folder, ".ts"));
    const wanted = chosen.map((file) => path.relative(REPOSITORY, path.resolve(process.env["INIT_CWD"] ?? process.cwd(), file)).split(path.sep).join("/"));
    const strays = wanted.filter((file) => !all.includes(file));
    if (strays.length > 0) {
        throw new Problem(`${strays.join(", ")}: no such source below ${FOLDERS.join(" or ")}.`);
    }
    const files = wanted.length === 0 ? all : wanted;
    const { code, mutants, ignored } = await instrument(new Map(files.map((file) => [file, readFileSync(path.join(REPOSITORY, file), "utf8")])));
    say(`${String(mutants.length)} mutants in ${String(files.length)} files; ${String(ignored)} more only change words and are left out.`);
    const suite = new Suite(code, filesBelow(TESTS, ".test.ts").filter((file) => !LEFT_OUT.test(file)));
    await suite.rehearse(throttled((file) => `… all tests once without a mutant, now ${file}`));
    const explained = explanations();
    const survivors = await tryAll(mutants, suite, explained);
    const old = stale(survivors, explained, files);
    old.forEach((each) => { console.log(`stale in ${EXPLAINED}: ${each}`); });
    const open = unexplained(survivors, explained).length;
    console.log(`${String(mutants.length)} mutants: ${String(mutants.length - survivors.length)} killed, ${String(survivors.length - open)} explained, ${String(open)} unexplained; ${String(old.length)} stale explanations`);
    return open + old.length === 0 ? 0 : EXIT_FOUND;
}

/** @returns the survivors; those that nothing explains are printed as they are found */
async function tryAll(mutants: readonly Mutant[], suite: Suite, explained: readonly Explanation[]): Promise<Mutant[]> {
    const survivors: Mutant[] = [];
    const progress = throttled((detail) => `… ${detail}`);
    for (const [index, mutant] of mutants.entries()) {
        progress(`${String(index)} of ${String(mutants.length)} tried, ${String(survivors.length)} survived, now ${mutant.file}`);
        const isOpen = unexplained([mutant], explained).length > 0;
        if (await suite.killerOf(mutant, isOpen ? "all tests" : "own tests") === undefined) {
            survivors.push(mutant);
            (isOpen ? [mutant] : []).forEach(({ file, lineNumber, line, change }) => { console.log(`${file}:${String(lineNumber)}: ${line}\n    ${change}`); });
        }
    }
    return survivors;
}

/** Says the words at most once an interval. */
function throttled(words: (detail: string) => string): (detail: string) => void {
    let told = 0;
    return (detail) => {
        if (Date.now() - told > QUIET_INTERVAL) {
            told = Date.now();
            say(words(detail));
        }
    };
}

program.action(async (files: string[]) => { process.exitCode = await mutate(files); });
void start(program);
