import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { throwIfInterrupted } from "../../../cli/interrupt";
import { REPOSITORY } from "../../../cli/repository";
import { Problem } from "../../../cli/problem";
import { run } from "../../../cli/run";
import { STACK } from "../../stack";
import { measure, type Figure } from "./figure";

/** As many resources as the report is to be written for within five seconds. */
const RESOURCES = 200;
const COPIED = "evaluator-python";

interface Step { readonly urn: string }
interface Preview { readonly steps: readonly Step[] }

/** The preview with copies of one service under other names, up to a number of resources. */
function enlarged(preview: Preview): Preview {
    const own = preview.steps.filter(({ urn }) => urn.includes(COPIED));
    const copies = Array.from({ length: Math.ceil(RESOURCES / own.length) }, (_, index) => own.map((step) => JSON.parse(JSON.stringify(step).replaceAll(COPIED, `evaluator-copy${String(index)}`)) as Step));
    return { ...preview, steps: [...preview.steps, ...copies.flat()].slice(0, RESOURCES) };
}

/**
 * How long the preview for a report takes, which is the engine's time, and how long `npm run report` takes for a preview of 200 resources
 * that it is given. Most of these are in violation, as no posture approves the copies; 1 is the exit code for that.
 * @param env of a shell that uses the embedded cluster, which has to be running with the stack
 */
export async function reports(rounds: number, env: Readonly<Record<string, string>>): Promise<Figure[]> {
    const folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-report-"));
    const file = path.join(folder, "preview.json");
    const succeed = async (exitCode: number, command: string, ...args: readonly string[]): Promise<string> => {
        const result = await run(command, args, { cwd: REPOSITORY, env: { ...env, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "false" }, all: false });
        throwIfInterrupted();
        if (result.exitCode !== exitCode) {
            throw new Problem(`${command} ${args.join(" ")} ended with exit code ${String(result.exitCode)} instead of ${String(exitCode)}:\n${result.stderr}`);
        }
        return result.stdout;
    };
    const preview = async (): Promise<void> => writeFile(file, await succeed(0, "pulumi", "preview", "--json", "--show-sames", "--non-interactive", "--stack", STACK));
    try {
        const engine = await measure("preview for a report", rounds, preview);
        await writeFile(file, JSON.stringify(enlarged(JSON.parse(await readFile(file, "utf8")) as Preview)));
        const report = await measure(`report, ${String(RESOURCES)} resources`, rounds, () => succeed(1, "npm", "run", "--silent", "report", "--", STACK, "--preview", file, "--output", folder));
        return [engine, report];
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}
