import { labEnvironment } from "../environment";
import { listenForInterrupt } from "../../cli/interrupt";
import { REPOSITORY } from "../../cli/repository";
import { say, step } from "../../cli/progress";
import { STACK } from "../stack";
import { benchAdmission, inWords } from "./bench/admission";
import { checks } from "./bench/checks";
import { coldStart } from "./bench/cold-start";
import { benchConfinement, confinementTable } from "./bench/confinement";
import { growth, measure, succeed, table, type Figure } from "./bench/figure";
import { peakOfCheck } from "./bench/peak";
import { previews } from "./bench/previews";
import { reports } from "./bench/reports";
import { worst } from "./bench/worst";

/** Sizes of a stack whose figures show whether the time grows with them and no faster. */
const SIZES = [2000, 10_000] as const;

/** Without a node, which would have the processors for itself for a while. */
const npmStart = (): Promise<void> => succeed("npm", ["start", "--", "--no-node"], { cwd: REPOSITORY });

/** Prints minimum, median and maximum of each figure, in seconds, and how the time grows with the stack. */
export async function bench({ rounds, cold, confinement }: { readonly rounds: number; readonly cold: boolean; readonly confinement: boolean }): Promise<void> {
    listenForInterrupt();
    if (confinement) {
        const figures = await benchConfinement(rounds);
        say("");
        process.stdout.write(`${confinementTable(figures).join("\n")}\n`);
        return;
    }
    const figures: Figure[] = cold ? [await measure("cold npm start", 1, coldStart)] : [];
    const checked = await checks(SIZES, rounds);
    const unfavourable = await worst(rounds);
    const peak = await peakOfCheck();
    await step("npm start, not measured", npmStart);
    figures.push(...checked, ...unfavourable, await measure("warm npm start of the control plane", rounds, npmStart));
    const env = await labEnvironment();
    const preview = (...options: string[]): Promise<void> => succeed("pulumi", ["preview", "--stack", STACK, "--non-interactive", ...options], { cwd: REPOSITORY, env });
    figures.push(await measure("warm preview with the policy pack", rounds, () => preview("--policy-pack", "policy")));
    figures.push(await measure("warm preview without it", rounds, () => preview()));
    figures.push(...await reports(rounds, env));
    // Minutes each: once is enough to see how it grows.
    const { bare, judged, pack, nothing } = await previews(SIZES, 1, env);
    const admission = await benchAdmission(env["KUBECONFIG"] ?? "");
    say("");
    process.stdout.write([...table([...figures, ...SIZES.flatMap((_, index) => [bare, judged, pack, nothing].flatMap((series) => series[index] ?? []))]), "", ...[checked, bare, judged].map((series) => growth(SIZES, series)), `check of the largest input: ${peak.toFixed(2)} GiB of memory at most`, "", inWords(admission)].join("\n"));
}
