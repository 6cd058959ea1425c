import { styleText } from "node:util";
import { Command, Option } from "commander";
import { EXIT_FOUND, EXIT_USAGE, Problem } from "../cli/problem";
import { say } from "../cli/progress";
import { start } from "../cli/start";
import { packVersion } from "./pack-version";
import { TOLD } from "../policy/judge";
import { printable } from "../policy/model/printable";
import { verifiedPosture } from "../policy/verified";
import { rules } from "../policy/rules/index";
import { manifestsOf } from "../policy/manifests/all";
import { inputsOf } from "../policy/manifests/files";
import { inMebibytes, inWords, LIMITS } from "../policy/manifests/limits";
import { applicable, judgeManifests, type Judged } from "../policy/manifests/judge";
import { notJudged, refusesUnknown } from "../policy/manifests/not-judged";
import { filesOf, postureOf } from "../policy/posture/files";
import { profiles } from "../policy/profiles/profiles";
import { json } from "../policy/reports/json";
import { junit } from "../policy/reports/junit";
import { sarif } from "../policy/reports/sarif";
import { text, type Paint } from "../policy/reports/text";
import { findingsIn } from "../policy/reports/words";

const STRICTEST = "strictest";

const paint: Paint = (style, words) => (process.stdout.isTTY && process.env["NO_COLOR"] === undefined ? styleText(style, words) : words);
const REPORTS: Readonly<Record<string, (judged: Judged) => Iterable<string>>> = {
    text: (judged) => text(judged, paint),
    json,
    sarif: (judged) => sarif(judged, packVersion()),
    junit,
};

interface Options {
    readonly stack?: string;
    readonly profile?: string;
    readonly format: string;
    readonly strict?: boolean;
    readonly live?: boolean;
}

const program = new Command("check")
    .description("Judges plain Kubernetes YAML or JSON by the rules of the policy pack, without Pulumi.")
    .usage("[options] FILE…")
    .argument("<file...>", "manifests, folders with *.yaml, *.yml and *.json in them, or - for standard input")
    .option("--stack <name>", "hold the objects to what is approved for this stack, and ask for everything that it has to have")
    .addOption(new Option("--profile <name>", "judge by these controls instead of the pack's rules").choices(Object.keys(profiles)))
    .addOption(new Option("--format <format>", "how to report").choices(Object.keys(REPORTS)).default("text"))
    .option("--strict", "end with exit code 1 for an object that isn't judged, too, because no rule knows its kind")
    .option("--live", "the manifests were read from a cluster: what it has assigned to them is no order")
    .addHelpText("after", `
Without --stack, every object is held to the rules that make sense anywhere: how pods and containers are hardened, Services, service
accounts and namespaces. With it, the files are taken for the whole stack: namespaces, images, ceilings, network and required objects
are judged too. Rules about Pulumi itself never apply here.

--profile restricted judges by the newest restricted level of the Pod Security Standards and by nothing else, whatever the stack, under the names that
Kubernetes' own admission plugin has for the controls.

YAML is read as Kubernetes reads it: "yes" and "on" are true, whatever has items is a list, empty documents are skipped. Where parsers disagree,
as on a key given twice or on << behind the keys that it brings, the file is refused, with what to write instead.
At once, it reads up to ${inMebibytes(LIMITS.totalBytes)} (${inMebibytes(LIMITS.fileBytes)} a file), ${inWords(LIMITS.values)} lines, items and brackets, and ${inWords(LIMITS.objects)} objects.

Objects of a kind that no rule knows, such as those of a CustomResourceDefinition, aren't judged, and every report says so: a pod template in
one of them may break every rule. With --strict they are violations of not-judged; with --stack they are anyway.

With --live, what the API server has assigned to the objects and what kubectl notes on them isn't judged, such as a Service's clusterIP. Without it, an address in
a Service that has uid and resourceVersion, which anybody can write there, is no violation but counts as not judged; with --strict or --stack it is one.

Of the findings of one rule in one object, the first ${String(TOLD)} are told one by one, and how many more there are.

Exit code: 0 clean, ${String(EXIT_FOUND)} violations, ${String(EXIT_USAGE)} input that can't be read, with file and line on standard error, or a wrong option.

Examples:
  npm run check -- deploy.yaml
  helm template my-chart | npm run -s check -- --format sarif - > results.sarif
  npm run check -- --stack production rendered/
  kubectl get services -o yaml | npm run -s check -- --live -
`);

/** npm runs scripts in the package's folder; the user's paths start where the user stood. */
const folder = (process.env["npm_lifecycle_event"] === "check" ? process.env["INIT_CWD"] : undefined) ?? process.cwd();

/** Names and texts of files are of a stranger's making. */
function note(words: string): void {
    say(printable(words));
}

async function check(files: readonly string[], { stack, profile, format, strict = false, live = false }: Options): Promise<number> {
    const manifests = await manifestsOf(await inputsOf(files, folder), process.stdin, note, live);
    if (stack !== undefined && profile === undefined && !filesOf(stack).exist.approved) {
        note(`Nothing is approved for a stack ${stack}, so that none of its objects is.`);
    }
    const chosen = profile === undefined ? applicable(rules, stack !== undefined) : (profiles[profile] ?? []);
    const judged = judgeManifests(manifests, strict && !refusesUnknown(chosen) ? [...chosen, notJudged] : chosen, stack === undefined ? postureOf(STRICTEST) : verifiedPosture(stack));
    for (const part of REPORTS[format]?.(judged) ?? []) {
        if (!process.stdout.write(part)) {
            await new Promise((resolve) => process.stdout.once("drain", resolve));
        }
    }
    return findingsIn(judged) === 0 ? 0 : EXIT_FOUND;
}

/** All that can't be read, a line each. */
function unreadable(error: unknown): Problem {
    const problems: unknown[] = error instanceof AggregateError ? error.errors : [error];
    return new Problem(problems.map((problem) => printable(problem instanceof Error ? problem.message : String(problem))).join("\n"));
}

// Whoever reads only the beginning, as head does, has seen enough; the verdict stays in the exit code of nobody.
process.stdout.on("error", (error: NodeJS.ErrnoException) => { process.exit(error.code === "EPIPE" ? EXIT_FOUND : EXIT_USAGE); });

program.action(async (files: string[], options: Options) => {
    process.exitCode = await check(files, options).catch((error: unknown) => { throw unreadable(error); });
});
void start(program);
