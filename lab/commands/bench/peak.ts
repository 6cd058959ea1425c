import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { throwIfInterrupted } from "../../../cli/interrupt";
import { REPOSITORY } from "../../../cli/repository";
import { Problem } from "../../../cli/problem";
import { step } from "../../../cli/progress";
import { run } from "../../../cli/run";
import { STACK } from "../../stack";
import { deployment, many, VIOLATIONS } from "./manifests";

/** Input just below the bounds of policy/manifests/limits.ts: pods of many containers, many Deployments, many keys. */
const LARGEST: readonly string[] = [
    many(3, () => `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers:\n${"    - { name: c }\n".repeat(66_000)}`),
    many(30_000, deployment),
    many(4, () => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata:\n${Array.from({ length: 187_000 }, (_, index) => `  k${String(index)}: v\n`).join("")}`),
];
/** Has a process tell at its end how much memory it had at most. KiB. */
const TELL_PEAK = "--import=data:text/javascript,process.on('exit',()=>process.stderr.write(`peak${process.resourceUsage().maxRSS}`))";
const KIB_PER_GIB = 2 ** 20;

/** The most memory that `npm run check` takes for the largest input, in any of its formats, as a part of one GiB. */
export async function peakOfCheck(): Promise<number> {
    const folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-peak-"));
    const file = path.join(folder, "largest.yaml");
    const peaks: number[] = [];
    try {
        for (const text of LARGEST) {
            await writeFile(file, text);
            for (const format of ["text", "json", "sarif", "junit"]) {
                await step(`Memory of a check of ${inMebibytes(text.length)}, as ${format}`, async () => {
                    const { stderr, exitCode } = await run("npm", ["run", "--silent", "check", "--", "--stack", STACK, "--format", format, file], { cwd: REPOSITORY, stdout: "ignore", all: false, env: { NODE_OPTIONS: TELL_PEAK } });
                    throwIfInterrupted();
                    if (exitCode !== VIOLATIONS) {
                        throw new Problem(`A check of the largest input ended with exit code ${String(exitCode)}:\n${stderr}`);
                    }
                    peaks.push(...[...stderr.matchAll(/peak(\d+)/g)].map(([, peak]) => Number(peak)));
                });
            }
        }
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
    return Math.max(...peaks) / KIB_PER_GIB;
}

const inMebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
